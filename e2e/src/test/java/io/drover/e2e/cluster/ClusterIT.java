package io.drover.e2e.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.csi.v1.CreateSnapshotRequest;
import io.drover.csi.v1.CreateVolumeRequest;
import io.drover.csi.v1.Snapshot;
import io.drover.csi.v1.Volume;
import io.drover.csi.v1.VolumeCapability;
import io.drover.e2e.fixture.Attached;
import io.drover.e2e.fixture.Capabilities;
import io.drover.e2e.fixture.CsiClient;
import io.drover.e2e.fixture.Host;
import io.drover.e2e.fixture.LeakCheck;
import io.drover.e2e.fixture.Pool;
import io.drover.e2e.fixture.PoolEngine;
import io.drover.e2e.fixture.Workspace;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Volumes, snapshots, backups and restores through three processes joined by mutual TLS, the mover without any capability; and the same
 * while each process is killed in turn in the middle of calls. Files in the volume tell whether the data is right, and the host whether
 * anything leaked.
 */
@Tag("root")
@SuppressWarnings("NullAway.Init")
class ClusterIT {
    private static final long SIZE = 64L << 20;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final List<Duration> MOMENTS = List.of(Duration.ofMillis(5), Duration.ofMillis(60));

    private Workspace workspace;
    private Pool pool;
    private Cluster cluster;
    private final VolumeCapability capability = Capabilities.mount("ext4");

    private record Step(String name, Runnable action) {}

    @BeforeAll
    static void needs() {
        Host.needs("openssl", "setpriv");
        Host.needs(PoolEngine.BTRFS);
    }

    @BeforeEach
    void start() {
        workspace = Workspace.create();
        pool = Pool.create(workspace.root(), PoolEngine.BTRFS, 2L << 30);
        cluster = new Cluster(workspace, pool);
        cluster.start();
    }

    @AfterEach
    void stop() {
        cluster.close();
        pool.close();
        workspace.close();
    }

    @Test
    void theWholeLifeWhileProcessesAreKilled() {
        LeakCheck before = LeakCheck.look(workspace.root(), pool.path());
        List<ProgramProcess> victims = List.of(cluster.controller, cluster.node, cluster.mover);
        int kills = 0;
        for (Step step : life()) {
            ProgramProcess victim = victims.get(kills % victims.size());
            Duration moment = MOMENTS.get(kills / victims.size() % MOMENTS.size());
            kills++;
            Thread killer = Thread.ofPlatform().start(() -> {
                LockSupport.parkNanos(moment.toNanos());
                victim.kill();
                victim.start();
            });
            repeat(step);
            join(killer);
            repeat(step); // the same call after success answers the same
        }

        assertThat(LeakCheck.look(workspace.root(), pool.path()).since(before)).isEmpty();
    }

    @Test
    void aStandbyTakesOverWhenTheLeaderIsKilled() {
        // Given
        cluster.standby.launch();
        awaitText(cluster.standby, "standing by");
        try (CsiClient csi = new CsiClient(workspace.path("s.sock"), workspace.path("n.sock"))) {
            assertThat(csi.isReady()).isFalse();
            assertThat(failure(() -> csi.createVolume("early", SIZE, capability)))
                    .matches(e -> e.getStatus().getCode() == Status.Code.UNAVAILABLE)
                    .hasMessageContaining("this controller does not serve now: another controller leads");
        }

        // When
        cluster.controller.kill();
        cluster.standby.awaitLead();

        // Then
        try (CsiClient csi = new CsiClient(workspace.path("s.sock"), workspace.path("n.sock"))) {
            assertThat(csi.isReady()).isTrue();
            assertThat(csi.createVolume("after", SIZE, capability).getVolumeId())
                    .isEqualTo("after");
            csi.deleteVolume("after");
        }
    }

    @Test
    void aNodeThatIsAwayIsSaidAndNothingIsTakenForAbsent() {
        // Given
        cluster.mover.kill();
        cluster.node.kill();

        // When, Then
        try (CsiClient csi = cluster.csi()) {
            assertThat(failure(() -> csi.createVolume("v", SIZE, capability)))
                    .matches(e -> e.getStatus().getCode() == Status.Code.UNAVAILABLE)
                    .hasMessageContaining("node " + Cluster.NODE)
                    .hasMessageContaining("no connection to the agent");
        }
        cluster.node.start();
        try (CsiClient csi = cluster.csi()) {
            assertThat(csi.createVolume("v", SIZE, capability).getVolumeId()).isEqualTo("v");
            csi.deleteVolume("v");
        }
    }

    private List<Step> life() {
        List<Step> steps = new ArrayList<>();
        Volume[] volumes = new Volume[3];
        Snapshot[] snapshots = new Snapshot[2];
        Attached[] attached = new Attached[1];
        Path store = workspace.directory("store");
        step(steps, "create", csi -> {
            volumes[0] = csi.createVolume("life", SIZE, capability);
            attached[0] = attached[0] == null ? new Attached(workspace, volumes[0], capability) : attached[0];
        });
        step(steps, "attach", csi -> attached[0].attach(csi));
        step(steps, "stage", csi -> attached[0].stage(csi));
        step(steps, "publish", csi -> attached[0].publish(csi));
        step(steps, "write", _ -> write(attached[0].target().resolve("file"), "kept"));
        step(steps, "snapshot", csi -> snapshots[0] = csi.createSnapshot("life-snap", "life"));
        step(steps, "backup", csi -> {
            snapshots[1] = backup(csi, store);
            if (!snapshots[1].getReadyToUse()) {
                throw Status.ABORTED.withDescription("not uploaded yet").asRuntimeException();
            }
        });
        step(
                steps,
                "restore the snapshot",
                csi -> volumes[1] = csi.cloneSnapshot("life-two", SIZE, capability, snapshots[0].getSnapshotId()));
        step(steps, "restore the backup", csi -> volumes[2] = restore(csi, store, snapshots[1]));
        step(steps, "look at both", csi -> {
            expect(csi, volumes[1]);
            expect(csi, volumes[2]);
        });
        step(steps, "unpublish", csi -> attached[0].unpublish(csi));
        step(steps, "unstage", csi -> attached[0].unstage(csi));
        step(steps, "detach", csi -> attached[0].detach(csi));
        step(steps, "delete the restored", csi -> {
            csi.deleteVolume("life-two");
            csi.deleteVolume("life-three");
        });
        step(steps, "delete the backup", csi -> csi.deleteSnapshot(snapshots[1].getSnapshotId()));
        step(steps, "delete the snapshot", csi -> csi.deleteSnapshot(snapshots[0].getSnapshotId()));
        step(steps, "delete", csi -> csi.deleteVolume("life"));
        step(steps, "nothing is listed", csi -> {
            assertThat(csi.listVolumes().getEntriesList()).isEmpty();
            assertThat(csi.listSnapshots().getEntriesList()).isEmpty();
        });
        return steps;
    }

    private void step(List<Step> steps, String name, java.util.function.Consumer<CsiClient> action) {
        steps.add(new Step(name, () -> {
            try (CsiClient csi = cluster.csi()) {
                action.accept(csi);
            }
        }));
    }

    private static Snapshot backup(CsiClient csi, Path store) {
        return csi.controller()
                .createSnapshot(CreateSnapshotRequest.newBuilder()
                        .setName("life-bak")
                        .setSourceVolumeId("life")
                        .putParameters("type", "bak")
                        .putParameters("backupTarget", "file://" + store)
                        .build())
                .getSnapshot();
    }

    private Volume restore(CsiClient csi, Path store, Snapshot backup) {
        String name = backup.getSnapshotId().substring(backup.getSnapshotId().lastIndexOf('/') + 1);
        CreateVolumeRequest request = CsiClient.volumeRequest("life-three", SIZE, capability).toBuilder()
                .putParameters("fromBackup", "file://" + store + "?backup=" + name + "&volume=life")
                .build();
        return csi.controller().createVolume(request).getVolume();
    }

    private void expect(CsiClient csi, Volume volume) {
        Attached look = Attached.up(csi, workspace, volume, capability);
        try {
            assertThat(Files.readString(look.target().resolve("file"))).isEqualTo("kept");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        look.down(csi);
    }

    /** As the sidecars do: until it succeeds, while the answer says that it may still be under way. */
    private void repeat(Step step) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                step.action().run();
                return;
            } catch (StatusRuntimeException e) {
                boolean again = switch (e.getStatus().getCode()) {
                    case UNAVAILABLE, ABORTED, DEADLINE_EXCEEDED, CANCELLED -> true;
                    default -> false;
                };
                if (!again || System.nanoTime() > end) {
                    throw new AssertionError("step \"" + step.name() + "\" failed\n" + cluster.logs(), e);
                }
                LockSupport.parkNanos(100_000_000);
            }
        }
    }

    private static StatusRuntimeException failure(Runnable call) {
        try {
            call.run();
        } catch (StatusRuntimeException e) {
            return e;
        }
        throw new AssertionError("the call succeeded");
    }

    private static void awaitText(ProgramProcess process, String text) {
        org.awaitility.Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .untilAsserted(
                        () -> assertThat(process.says(text)).as(process.tail()).isTrue());
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
