package io.drover.controller.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.controller.fake.FakeHosts;
import io.drover.controller.fake.TestClock;
import io.drover.controller.host.NodePlaces;
import io.drover.core.error.ErrorCode;
import io.drover.core.model.ByteSize;
import io.drover.core.model.DiskId;
import io.drover.core.model.NodeId;
import io.drover.core.model.SettingsRecord;
import io.drover.core.model.StorageNode;
import io.drover.core.model.StorageNode.NodeReport;
import io.drover.core.model.StorageNode.WantedDisk;
import io.drover.core.store.InMemoryStore;
import io.drover.core.store.Stored;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NodeReconcilerTest {
    private static final NodeId NODE = new NodeId("worker-1");

    private final TestClock clock = new TestClock();
    private final InMemoryStore store = new InMemoryStore();
    private final FakeHosts hosts = new FakeHosts(clock).disk("worker-1", "disk-1", ByteSize.ofGibi(100), "ssd");
    private final NodePlaces places = () -> Map.of(NODE, Optional.of(new NodePlaces.Address("10.0.0.7", 9811)));
    private final NodeRecords records = new NodeRecords(store);
    private final NodeReconciler reconciler = new NodeReconciler(store, hosts, places, clock);

    @BeforeEach
    void register() {
        records.register(Set.of(NODE), clock);
    }

    @Test
    void aHostIsRegisteredOnceAndKeepsWhatItsOwnerSaid() {
        store.change(StorageNode.class, "worker-1", node -> node.withSchedulable(false));

        records.register(Set.of(NODE, new NodeId("worker-2")), clock);

        assertThat(store.list(StorageNode.class)).hasSize(2);
        assertThat(node().schedulable()).isFalse();
        assertThat(records.rules().nodes())
                .hasEntrySatisfying(NODE, rule -> assertThat(rule.closed()).isPresent())
                .hasEntrySatisfying(
                        new NodeId("worker-2"),
                        rule -> assertThat(rule.closed()).isEmpty());
    }

    @Test
    void theRecordSaysHowTheHostIs() {
        reconciler.reconcile();

        NodeReport report = report();
        assertThat(report.address()).isEqualTo("10.0.0.7:9811");
        assertThat(report.ready()).isTrue();
        assertThat(report.reason()).isEqualTo("Ready");
        assertThat(report.seenAt()).isEqualTo(clock.instant());
        assertThat(report.disks()).singleElement().satisfies(disk -> {
            assertThat(disk.id()).contains(new DiskId("disk-1"));
            assertThat(disk.capacity()).isEqualTo(ByteSize.ofGibi(100));
            assertThat(disk.name()).isEqualTo("disk-1");
        });
    }

    @Test
    void theHostIsToldItsDisksAndTheSettings() {
        store.create(new SettingsRecord(Map.of("over-provisioning-percentage", "300")));
        wants(
                new WantedDisk(
                        "fast",
                        "/mnt/fast",
                        List.of("ssd", "nvme"),
                        Optional.of(ByteSize.ofGibi(50)),
                        "btrfs",
                        Optional.empty(),
                        Optional.empty()),
                new WantedDisk(
                        "",
                        "/dev/sdb",
                        List.of(),
                        Optional.empty(),
                        "",
                        Optional.of(new DiskId("from-elsewhere")),
                        Optional.of(new DiskId("broken"))));

        reconciler.reconcile();

        FakeHosts.Configuration told = hosts.configuration("worker-1").orElseThrow();
        assertThat(told.disks())
                .containsExactly(
                        "/mnt/fast,tags=ssd+nvme,size=53687091200,engine=btrfs,name=fast",
                        "/dev/sdb,adopt=from-elsewhere,forget=broken");
        assertThat(told.settings()).isEqualTo(Map.of("over-provisioning-percentage", "300"));
    }

    @Test
    void aHostThatDoesNotAnswerKeepsItsDisksAndSaysSo() {
        reconciler.reconcile();
        Instant seen = report().seenAt();
        clock.advance(Duration.ofMinutes(1));
        hosts.failNext("configure", FakeHosts.Moment.BEFORE, ErrorCode.UNAVAILABLE);

        reconciler.reconcile();

        assertThat(report().ready()).isFalse();
        assertThat(report().reason()).isEqualTo("NoAnswer");
        assertThat(report().message()).contains("injected failure");
        assertThat(report().disks()).hasSize(1);
        assertThat(report().seenAt()).isEqualTo(seen);

        reconciler.reconcile();
        assertThat(report().ready()).isTrue();
    }

    @Test
    void aHostThatRefusesWhatIsWantedSaysWhy() {
        hosts.failNext("configure", FakeHosts.Moment.BEFORE, ErrorCode.IN_USE);

        reconciler.reconcile();

        assertThat(report().ready()).isFalse();
        assertThat(report().reason()).isEqualTo("NotConfigured");
        assertThat(report().disks()).hasSize(1);
    }

    @Test
    void nothingNewIsNotWritten() {
        reconciler.reconcile();
        Stored<StorageNode> before = stored();
        clock.advance(Duration.ofMinutes(2));
        hosts.available("disk-1", ByteSize.ofGibi(99));

        reconciler.reconcile();
        assertThat(stored()).isEqualTo(before);

        hosts.available("disk-1", ByteSize.ofGibi(90));
        reconciler.reconcile();
        assertThat(report().disks().getFirst().available()).isEqualTo(ByteSize.ofGibi(90));

        clock.advance(Duration.ofMinutes(11));
        reconciler.reconcile();
        assertThat(report().seenAt()).isEqualTo(clock.instant());
    }

    @Test
    void oneHostsTroubleIsItsOwn() {
        records.register(Set.of(new NodeId("worker-0")), clock);
        hosts.failNext("configure", FakeHosts.Moment.BEFORE, ErrorCode.INTERNAL);

        reconciler.reconcile();

        // Whichever of the two was hit, both say how they are.
        assertThat(store.list(StorageNode.class))
                .allMatch(stored -> stored.value().report().isPresent());
    }

    private void wants(WantedDisk... disks) {
        store.change(
                StorageNode.class,
                "worker-1",
                now -> new StorageNode(
                        now.id(), List.of(disks), now.schedulable(), now.tags(), now.report(), now.createdAt()));
    }

    private Stored<StorageNode> stored() {
        return store.find(StorageNode.class, "worker-1").orElseThrow();
    }

    private StorageNode node() {
        return stored().value();
    }

    private NodeReport report() {
        return node().report().orElseThrow();
    }
}
