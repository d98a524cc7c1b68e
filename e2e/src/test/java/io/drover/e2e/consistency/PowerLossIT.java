package io.drover.e2e.consistency;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.csi.v1.Snapshot;
import io.drover.csi.v1.Volume;
import io.drover.csi.v1.VolumeCapability;
import io.drover.e2e.fixture.Attached;
import io.drover.e2e.fixture.Capabilities;
import io.drover.e2e.fixture.Host;
import io.drover.e2e.fixture.HostCommand;
import io.drover.e2e.fixture.LoopDevice;
import io.drover.e2e.fixture.Mounts;
import io.drover.e2e.fixture.Pool;
import io.drover.e2e.fixture.PoolEngine;
import io.drover.e2e.fixture.PoolLayout;
import io.drover.e2e.fixture.StandaloneProcess;
import io.drover.e2e.fixture.Workspace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The power goes while a volume is written and snapshots are taken: every acknowledged snapshot and every fsynced file is there
 * afterwards. Three ways to lose power: the pool's file system is shut down with its journal unflushed (XFS only); the disk below the
 * pool forgets what was not flushed; the disk is what an instant copy of it caught in the middle of writing.
 */
@Tag("root")
class PowerLossIT {
    private static final long GIBI = 1L << 30;
    private static final long SIZE = 128L << 20;
    private static final int SNAPSHOTS = 4;
    private static final VolumeCapability EXT4 = Capabilities.mount("ext4");

    /** How the power goes. */
    private enum Loss {
        POOL_SHUT_DOWN,
        DISK_CACHE_LOST,
        COPIED_MID_WRITE
    }

    @ParameterizedTest
    @EnumSource(PoolEngine.class)
    void aDiskThatForgetsWhatWasNotFlushedLosesNothingAcknowledged(PoolEngine engine) throws IOException {
        losePower(engine, Loss.DISK_CACHE_LOST);
    }

    @ParameterizedTest
    @EnumSource(PoolEngine.class)
    void aCopyOfThePoolTakenMidWriteLacksNothingAcknowledged(PoolEngine engine) throws IOException {
        losePower(engine, Loss.COPIED_MID_WRITE);
    }

    @ParameterizedTest
    @EnumSource(value = PoolEngine.class, names = "XFS")
    void aShutdownOfThePoolLosesNothingAcknowledged(PoolEngine engine) throws IOException {
        losePower(engine, Loss.POOL_SHUT_DOWN);
    }

    private static void losePower(PoolEngine engine, Loss loss) throws IOException {
        Host.needs(engine);
        Host.needs(PoolEngine.XFS);
        Host.needs("xfs_io", "mkfs.ext4");
        try (Workspace workspace = Workspace.create();
                Pool outer = Pool.create(workspace.directory("outer"), PoolEngine.XFS, 8 * GIBI);
                Pool pool = Pool.create(outer.path(), engine, 4 * GIBI, loss != Loss.DISK_CACHE_LOST);
                StandaloneProcess drover = StandaloneProcess.on(workspace, pool)) {
            // Given
            Volume volume = drover.csi().createVolume("vital", SIZE, EXT4);
            Attached attached = Attached.up(drover.csi(), workspace, volume, EXT4);
            Map<Snapshot, Promises> acknowledged = new LinkedHashMap<>();
            Promises last;
            try (Workload workload = new Workload(attached.target())) {
                for (int i = 0; i < SNAPSHOTS; i++) {
                    workload.awaitProgress();
                    Promises promises = workload.promises();
                    acknowledged.put(drover.csi().createSnapshot("vital-" + i, "vital"), promises);
                }
                workload.awaitProgress();
                workload.check();
                last = workload.promises();

                // When
                strike(loss, outer, pool);
            }
            recover(workspace, outer, pool, drover, loss);

            // Then
            assertThat(drover.csi().listSnapshots().getEntriesList()).hasSize(SNAPSHOTS);
            for (Map.Entry<Snapshot, Promises> entry : acknowledged.entrySet()) {
                Path image = PoolLayout.snapshotImage(pool, entry.getKey());
                assertThat(FileSystemCheck.problems(workspace, pool, image, entry.getValue(), true))
                        .as("snapshot %s after %s", entry.getKey().getSnapshotId(), loss)
                        .isEmpty();
            }
            Attached again = Attached.up(drover.csi(), workspace, volume, EXT4);
            assertThat(FileSystemCheck.promisesBroken(again.target(), last, false))
                    .as("the volume after %s", loss)
                    .isEmpty();
            System.out.printf(
                    "%s on %s: %d snapshots and the volume hold all that was acknowledged, %s%n",
                    loss, engine, SNAPSHOTS, last);
            again.down(drover.csi());
            drover.csi().deleteVolume("vital");
            acknowledged.keySet().forEach(snapshot -> drover.csi().deleteSnapshot(snapshot.getSnapshotId()));
        }
    }

    private static void strike(Loss loss, Pool outer, Pool pool) {
        var unused = switch (loss) {
            case POOL_SHUT_DOWN ->
                HostCommand.run("xfs_io", "-x", "-c", "shutdown", pool.path().toString());
            case DISK_CACHE_LOST ->
                HostCommand.run("xfs_io", "-x", "-c", "shutdown", outer.path().toString());
            case COPIED_MID_WRITE ->
                HostCommand.run(
                        "cp",
                        "--reflink=always",
                        pool.image().toString(),
                        copyOf(pool).toString());
        };
    }

    /** The machine comes back: all mounts and devices are gone, the disks are mounted anew, Drover is started. */
    private static void recover(Workspace workspace, Pool outer, Pool pool, StandaloneProcess drover, Loss loss) {
        drover.kill();
        Mounts.unmountBelow(workspace.path("kubelet"));
        for (LoopDevice loop : LoopDevice.below(pool.path())) {
            HostCommand.run("losetup", "-d", loop.device());
        }
        pool.detach();
        outer.detach();
        assertThat(Mounts.below(workspace.root())).as("everything is unmounted").isEmpty();
        outer.attach();
        outer.mount();
        if (loss == Loss.COPIED_MID_WRITE) {
            HostCommand.run("mv", copyOf(pool).toString(), pool.image().toString());
        }
        pool.attach();
        pool.mount();
        drover.start();
    }

    private static Path copyOf(Pool pool) {
        return pool.image().resolveSibling("copy.img");
    }
}
