package io.drover.controller.placement;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.controller.fake.Expect;
import io.drover.controller.host.DiskState;
import io.drover.core.error.ErrorCode;
import io.drover.core.model.ByteSize;
import io.drover.core.model.DiskId;
import io.drover.core.model.NodeId;
import io.drover.core.model.Settings;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ReplicaPlacerTest {
    private final ReplicaPlacer placer = new ReplicaPlacer(Settings.DEFAULTS, NodeRules.NONE);

    private static DiskState disk(String id, long capacity, long available, long provisioned, String... tags) {
        return new DiskState(
                new NodeId("node-" + id),
                Optional.of(new DiskId(id)),
                "/disks/" + id,
                "directory",
                "xfs",
                Set.of(tags),
                true,
                "",
                ByteSize.ofGibi(capacity),
                ByteSize.ofGibi(available),
                ByteSize.ofGibi(provisioned),
                0);
    }

    private static DiskState unschedulable(DiskState disk, String problem) {
        return new DiskState(
                disk.node(),
                disk.id(),
                disk.path(),
                disk.kind(),
                disk.engine(),
                disk.tags(),
                false,
                problem,
                disk.capacity(),
                disk.available(),
                disk.provisioned(),
                disk.replicas());
    }

    private static PlacementRequest request(long gibi) {
        return new PlacementRequest(ByteSize.ofGibi(gibi), List.of(), List.of(), Set.of(), List.of(), Optional.empty());
    }

    @Test
    void theEmptierDiskWins() {
        assertThat(placer.choose(request(10), List.of(disk("a", 100, 50, 50), disk("b", 100, 90, 10)))
                        .disk())
                .isEqualTo(new DiskId("b"));
    }

    @Test
    void equalDisksAreTakenInOrder() {
        assertThat(placer.choose(request(10), List.of(disk("b", 100, 90, 10), disk("a", 100, 90, 10)))
                        .disk())
                .isEqualTo(new DiskId("a"));
    }

    @Test
    void everyDiskSaysWhyNot() {
        var disks = List.of(
                disk("full", 100, 5, 0),
                disk("promised", 100, 90, 195),
                unschedulable(disk("off", 100, 90, 0), ""),
                unschedulable(disk("broken", 100, 90, 0), "it is gone"));
        Expect.code(
                ErrorCode.NO_SPACE,
                () -> placer.choose(request(10), disks),
                "/disks/full",
                "minimal-available-percentage",
                "/disks/promised",
                "over-provisioning-percentage",
                "/disks/off",
                "no new volumes",
                "it is gone");
        Expect.code(ErrorCode.NO_SPACE, () -> placer.choose(request(10), List.of()), "add one");
    }

    @Test
    void tagsTopologyAndSourceNarrowTheChoice() {
        var disks = List.of(disk("a", 100, 90, 0, "ssd", "fast"), disk("b", 900, 900, 0));
        assertThat(placer.choose(
                                new PlacementRequest(
                                        ByteSize.ofGibi(1),
                                        List.of("ssd"),
                                        List.of(),
                                        Set.of(),
                                        List.of(),
                                        Optional.empty()),
                                disks)
                        .disk())
                .isEqualTo(new DiskId("a"));
        assertThat(placer.choose(
                                new PlacementRequest(
                                        ByteSize.ofGibi(1),
                                        List.of(),
                                        List.of(),
                                        Set.of(new NodeId("node-a")),
                                        List.of(),
                                        Optional.empty()),
                                disks)
                        .disk())
                .isEqualTo(new DiskId("a"));
        assertThat(placer.choose(
                                new PlacementRequest(
                                        ByteSize.ofGibi(1),
                                        List.of(),
                                        List.of(),
                                        Set.of(),
                                        List.of(new NodeId("node-a")),
                                        Optional.empty()),
                                disks)
                        .disk())
                .isEqualTo(new DiskId("a"));
        Expect.code(
                ErrorCode.NO_SPACE,
                () -> placer.choose(
                        new PlacementRequest(
                                ByteSize.ofGibi(150),
                                List.of("ssd"),
                                List.of("zone-1"),
                                Set.of(),
                                List.of(),
                                Optional.of(new DiskId("a"))),
                        disks),
                "source",
                "nodeSelector");
    }

    @Test
    void roomFollowsTheSettings() {
        DiskRules rules = new DiskRules(new Settings(150, 25, 10, true, 250));
        assertThat(rules.room(disk("a", 100, 90, 35))).isEqualTo(ByteSize.ofGibi(100));
        assertThat(rules.room(disk("a", 100, 24, 35))).isEqualTo(new ByteSize(0));
        assertThat(rules.room(disk("a", 100, 90, 200))).isEqualTo(new ByteSize(0));
    }

    @Test
    void aHostThatIsClosedTakesNothingAndItsTagsAreAskedFor() {
        var disks = List.of(disk("a", 100, 90, 0), disk("b", 100, 50, 0));
        NodeRules rules = new NodeRules(Map.of(
                new NodeId("node-a"), new NodeRules.NodeRule(Set.of("fast"), Optional.of("it is closed by its owner")),
                new NodeId("node-b"), new NodeRules.NodeRule(Set.of("fast", "zone-1"), Optional.empty())));
        ReplicaPlacer ruled = new ReplicaPlacer(Settings.DEFAULTS, rules);

        assertThat(ruled.choose(request(1), disks).disk()).isEqualTo(new DiskId("b"));
        assertThat(ruled.choose(onNodesWith("fast", "zone-1"), disks).disk()).isEqualTo(new DiskId("b"));
        assertThat(ruled.rooms(onNodesWith("fast"), disks)).hasSize(1);
        Expect.code(
                ErrorCode.NO_SPACE,
                () -> ruled.choose(onNodesWith("fast", "zone-2"), disks),
                "disk /disks/a of node node-a: its node does not carry the tags [zone-2] of nodeSelector",
                "disk /disks/b of node node-b: its node does not carry the tags [zone-2] of nodeSelector");
        Expect.code(
                ErrorCode.NO_SPACE,
                () -> ruled.choose(request(1), disks.subList(0, 1)),
                "disk /disks/a of node node-a: it is closed by its owner");
    }

    private static PlacementRequest onNodesWith(String... tags) {
        return new PlacementRequest(
                ByteSize.ofGibi(1), List.of(), List.of(tags), Set.of(), List.of(), Optional.empty());
    }
}
