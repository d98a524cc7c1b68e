package io.drover.e2e.consistency;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.csi.v1.Snapshot;
import io.drover.csi.v1.Volume;
import io.drover.csi.v1.VolumeCapability;
import io.drover.e2e.fixture.Attached;
import io.drover.e2e.fixture.Capabilities;
import io.drover.e2e.fixture.CsiClient;
import io.drover.e2e.fixture.Host;
import io.drover.e2e.fixture.HostCommand;
import io.drover.e2e.fixture.Pool;
import io.drover.e2e.fixture.PoolEngine;
import io.drover.e2e.fixture.PoolLayout;
import io.drover.e2e.fixture.StandaloneProcess;
import io.drover.e2e.fixture.Workspace;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Snapshots of a file system under load, with and without Drover's knowledge of that file system. */
@Tag("root")
class SnapshotConsistencyIT {
    private static final long GIBI = 1L << 30;
    private static final long SIZE = 128L << 20;
    private static final int SNAPSHOTS = 50;

    @ParameterizedTest
    @EnumSource(PoolEngine.class)
    void aSnapshotOfARawVolumeIsWhatALossOfPowerLeaves(PoolEngine engine) {
        Host.needs(engine);
        try (Workspace workspace = Workspace.create();
                Pool pool = Pool.create(workspace.root(), engine, 6 * GIBI);
                StandaloneProcess drover = StandaloneProcess.on(workspace, pool)) {
            // Given: a file system that Drover does not know of, on a loop device of ours above the raw volume, so that
            // no freeze reaches it
            VolumeCapability raw = Capabilities.block();
            Volume volume = drover.csi().createVolume("raw", SIZE, raw);
            Attached attached = Attached.up(drover.csi(), workspace, volume, raw);
            Path mountpoint = workspace.directory("own");
            String device = HostCommand.run(
                    "losetup",
                    "--find",
                    "--show",
                    "--direct-io=on",
                    attached.target().toString());
            HostCommand.run("mkfs.ext4", "-q", device);
            HostCommand.run("mount", device, mountpoint.toString());
            try (Workload workload = new Workload(mountpoint)) {
                // When
                List<String> problems = snapshotAndCheck(workspace, pool, drover.csi(), volume, workload, false);

                // Then
                report("without freezing", engine, workload, problems);
            } finally {
                HostCommand.run("umount", mountpoint.toString());
                HostCommand.run("losetup", "-d", device);
            }
            attached.down(drover.csi());
        }
    }

    @ParameterizedTest
    @EnumSource(PoolEngine.class)
    void aSnapshotOfAMountedVolumeHoldsEverythingWrittenBefore(PoolEngine engine) {
        Host.needs(engine);
        try (Workspace workspace = Workspace.create();
                Pool pool = Pool.create(workspace.root(), engine, 6 * GIBI);
                StandaloneProcess drover = StandaloneProcess.on(workspace, pool)) {
            // Given
            VolumeCapability ext4 = Capabilities.mount("ext4");
            Volume volume = drover.csi().createVolume("mounted", SIZE, ext4);
            Attached attached = Attached.up(drover.csi(), workspace, volume, ext4);
            try (Workload workload = new Workload(attached.target())) {
                // When
                List<String> problems = snapshotAndCheck(workspace, pool, drover.csi(), volume, workload, true);

                // Then
                report("with freezing", engine, workload, problems);
            }
            attached.down(drover.csi());
        }
    }

    private static List<String> snapshotAndCheck(
            Workspace workspace, Pool pool, CsiClient csi, Volume volume, Workload workload, boolean alsoPlain) {
        List<String> problems = new ArrayList<>();
        for (int i = 0; i < SNAPSHOTS; i++) {
            workload.awaitProgress();
            Promises promises = workload.promises();
            Snapshot snapshot = csi.createSnapshot("snap-" + volume.getVolumeId() + "-" + i, volume.getVolumeId());
            Path image = PoolLayout.snapshotImage(pool, snapshot);
            for (String problem : FileSystemCheck.problems(workspace, pool, image, promises, alsoPlain)) {
                problems.add("snapshot " + i + ": " + problem);
            }
            // Some stay, so that later ones are taken beside earlier ones.
            if (i % 2 == 0) {
                csi.deleteSnapshot(snapshot.getSnapshotId());
            }
        }
        workload.check();
        return problems;
    }

    private static void report(String how, PoolEngine engine, Workload workload, List<String> problems) {
        System.out.printf(
                "%d snapshots %s on %s: %d problems, %s%n",
                SNAPSHOTS, how, engine, problems.size(), workload.promises());
        assertThat(problems).isEmpty();
    }
}
