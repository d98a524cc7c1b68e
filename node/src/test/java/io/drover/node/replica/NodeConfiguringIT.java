package io.drover.node.replica;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.core.error.ErrorCode;
import io.drover.core.model.VolumeId;
import io.drover.node.disk.Disk;
import io.drover.node.disk.DiskConfiguration;
import io.drover.node.disk.DiskStatus;
import io.drover.node.disk.NodeOrders;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Disks that are added, changed and given up while the host works. */
class NodeConfiguringIT extends OnBothEngines {
    @Test
    void aDiskIsAddedUsedAndGivenUpWhenNothingLiesOnIt() {
        Path device = scratch.device("extra", 512);
        NodeConfiguring configuring = configuring();

        configuring.configure(List.of(device + ",tags=fast"), Map.of());

        DiskStatus added = host.stores().describe().getLast();
        assertThat(added.problem()).isEmpty();
        assertThat(added.configuration().tags()).containsExactly("fast");
        ReplicaId replica = new ReplicaId(new VolumeId("v"), added.id().orElseThrow());
        host.replicas().create(new NewReplica(replica, ReplicaHost.SIZE, Optional.empty(), ""));
        int mounts = scratch.mounts().size();

        refused(ErrorCode.IN_USE, "volume v", () -> configuring.configure(List.of(), Map.of()));
        assertThat(host.stores().describe()).hasSize(2);
        assertThat(host.replicas().get(replica).problem()).isEmpty();

        host.replicas().delete(replica, true);
        configuring.configure(List.of(), Map.of());

        assertThat(host.stores().describe()).hasSize(1);
        assertThat(scratch.mounts()).hasSize(mounts - 1);
        refused(
                ErrorCode.UNAVAILABLE,
                "not usable on this host",
                () -> host.replicas().get(replica));
    }

    @Test
    void tagsChangeWhileVolumesStay() {
        host.create("v");
        Path pool = host.stores().disks().open().getFirst().configuration().path();
        NodeConfiguring configuring = configuring();

        configuring.configure(List.of(pool + ",tags=ssd"), Map.of());

        Disk disk = host.stores().disks().open().getFirst();
        assertThat(disk.configuration().tags()).containsExactly("ssd");
        assertThat(host.replicas().get(host.id("v")).problem()).isEmpty();
        host.create("w");
    }

    @Test
    void aDiskThatIsNotThereIsRefusedAloneAndTheSameOrderAgainChangesNothing() {
        NodeConfiguring configuring = configuring();
        List<String> disks = List.of(scratch.root().resolve("nowhere").toString());

        configuring.configure(disks, Map.of());
        configuring.configure(disks, Map.of());

        assertThat(host.stores().describe())
                .extracting(status -> status.problem().isEmpty())
                .containsExactly(true, false);
        host.create("v");
        refused(ErrorCode.INVALID, "not absolute", () -> configuring.configure(List.of("x"), Map.of()));
        assertThat(host.stores().describe()).hasSize(2);
    }

    private NodeConfiguring configuring() {
        List<DiskConfiguration> own = host.stores().disks().all().stream()
                .map(state -> state.configuration())
                .toList();
        return new NodeConfiguring(NodeOrders.open(scratch.directory("state"), own), host.stores());
    }
}
