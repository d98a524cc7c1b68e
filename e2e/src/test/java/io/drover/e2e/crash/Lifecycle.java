package io.drover.e2e.crash;

import io.drover.csi.v1.CapacityRange;
import io.drover.csi.v1.ControllerExpandVolumeRequest;
import io.drover.csi.v1.ControllerModifyVolumeRequest;
import io.drover.csi.v1.CreateVolumeGroupSnapshotRequest;
import io.drover.csi.v1.DeleteVolumeGroupSnapshotRequest;
import io.drover.csi.v1.NodeExpandVolumeRequest;
import io.drover.csi.v1.Snapshot;
import io.drover.csi.v1.Volume;
import io.drover.csi.v1.VolumeCapability;
import io.drover.csi.v1.VolumeGroupSnapshot;
import io.drover.e2e.fixture.Attached;
import io.drover.e2e.fixture.Capabilities;
import io.drover.e2e.fixture.CsiClient;
import io.drover.e2e.fixture.HostCommand;
import io.drover.e2e.fixture.StandaloneProcess;
import io.drover.e2e.fixture.Workspace;
import io.drover.proto.operations.v1.RevertVolumeRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The whole life of a volume as a list of steps, each of which a client may repeat until it is told that it succeeded. Each step also
 * checks its answer, against what the step before left in the volume's only file.
 */
final class Lifecycle {
    private static final long MEBI = 1L << 20;
    private static final long SIZE = 64 * MEBI;
    private static final long GROWN = 96 * MEBI;

    private final VolumeCapability capability;
    private final Workspace workspace;
    private final List<Step> steps = new ArrayList<>();

    private Volume volume = Volume.getDefaultInstance();
    private Volume clone = Volume.getDefaultInstance();
    private Volume restored = Volume.getDefaultInstance();
    private Snapshot snapshot = Snapshot.getDefaultInstance();
    private VolumeGroupSnapshot group = VolumeGroupSnapshot.getDefaultInstance();
    private List<Attached> attached = List.of();

    /**
     * One call of a client.
     *
     * @param name for messages
     * @param action makes the call and checks the answer
     */
    record Step(String name, Action action) {}

    /** Makes a call; it may be made again. */
    @FunctionalInterface
    interface Action {
        void run(StandaloneProcess drover);
    }

    Lifecycle(Workspace workspace, String fileSystem) {
        this.workspace = workspace;
        this.capability = Capabilities.mount(fileSystem);
        making();
        snapshotting();
        copying();
        growing();
        reverting();
        deleting();
    }

    List<Step> steps() {
        return steps;
    }

    private void making() {
        step("create", drover -> {
            volume = drover.csi().createVolume("life", SIZE, capability);
            check(volume.getCapacityBytes() == SIZE, "the size is " + volume.getCapacityBytes());
            if (attached.isEmpty()) {
                attached = List.of(new Attached(workspace, volume, capability));
            }
        });
        step("attach", drover -> only().attach(drover.csi()));
        step("stage", drover -> only().stage(drover.csi()));
        step("publish", drover -> only().publish(drover.csi()));
    }

    private void snapshotting() {
        step("write one", drover -> write("one"));
        step("snapshot", drover -> {
            snapshot = drover.csi().createSnapshot("life-snap", volume.getVolumeId());
            check(snapshot.getReadyToUse(), "the snapshot is not ready");
        });
        step("write two", drover -> write("two"));
        step("group snapshot", drover -> {
            group = drover.csi()
                    .groups()
                    .createVolumeGroupSnapshot(CreateVolumeGroupSnapshotRequest.newBuilder()
                            .setName("life-group")
                            .addSourceVolumeIds(volume.getVolumeId())
                            .build())
                    .getGroupSnapshot();
            check(group.getSnapshotsCount() == 1, "the group has " + group.getSnapshotsCount() + " members");
        });
        step("modify", drover -> {
            var unused = drover.csi()
                    .controller()
                    .controllerModifyVolume(ControllerModifyVolumeRequest.newBuilder()
                            .setVolumeId(volume.getVolumeId())
                            .putMutableParams("staleReplicaTimeout", "60")
                            .build());
        });
    }

    private void copying() {
        step(
                "restore",
                drover -> restored =
                        drover.csi().cloneSnapshot("life-restored", SIZE, capability, snapshot.getSnapshotId()));
        step("the restored one holds what the snapshot saw", drover -> expect(drover.csi(), restored, "one"));
        step("clone", drover -> clone = drover.csi().cloneVolume("life-clone", SIZE, capability, volume.getVolumeId()));
        step("the clone holds what the volume held", drover -> expect(drover.csi(), clone, "two"));
    }

    private void growing() {
        step("expand", drover -> {
            var unused = drover.csi()
                    .controller()
                    .controllerExpandVolume(ControllerExpandVolumeRequest.newBuilder()
                            .setVolumeId(volume.getVolumeId())
                            .setCapacityRange(CapacityRange.newBuilder().setRequiredBytes(GROWN))
                            .build());
        });
        step("expand on the node", drover -> {
            var unused = drover.csi()
                    .node()
                    .nodeExpandVolume(NodeExpandVolumeRequest.newBuilder()
                            .setVolumeId(volume.getVolumeId())
                            .setVolumePath(only().target().toString())
                            .setStagingTargetPath(only().staging().toString())
                            .setVolumeCapability(capability)
                            .setCapacityRange(CapacityRange.newBuilder().setRequiredBytes(GROWN))
                            .build());
        });
        step(
                "the file system has grown",
                drover -> check(
                        only().target().toFile().getTotalSpace() > SIZE * 11 / 10,
                        "the file system has " + only().target().toFile().getTotalSpace() + " bytes"));
    }

    private void reverting() {
        step("unpublish", drover -> only().unpublish(drover.csi()));
        step("unstage", drover -> only().unstage(drover.csi()));
        step("detach", drover -> only().detach(drover.csi()));
        step("revert", drover -> {
            var unused = drover.operations()
                    .revertVolume(RevertVolumeRequest.newBuilder()
                            .setName(volume.getVolumeId())
                            .setSnapshot("life-snap")
                            .build());
        });
        step("the reverted one holds what the snapshot saw", drover -> expect(drover.csi(), volume, "one"));
    }

    private void deleting() {
        step("delete restored", drover -> drover.csi().deleteVolume(restored.getVolumeId()));
        step("delete clone", drover -> drover.csi().deleteVolume(clone.getVolumeId()));
        step("delete volume", drover -> drover.csi().deleteVolume(volume.getVolumeId()));
        step("delete group", drover -> {
            var unused = drover.csi()
                    .groups()
                    .deleteVolumeGroupSnapshot(DeleteVolumeGroupSnapshotRequest.newBuilder()
                            .setGroupSnapshotId(group.getGroupSnapshotId())
                            .addAllSnapshotIds(group.getSnapshotsList().stream()
                                    .map(Snapshot::getSnapshotId)
                                    .toList())
                            .build());
        });
        step("delete snapshot", drover -> drover.csi().deleteSnapshot(snapshot.getSnapshotId()));
        step("nothing is listed", drover -> {
            check(drover.csi().listVolumes().getEntriesCount() == 0, "volumes are left");
            check(drover.csi().listSnapshots().getEntriesCount() == 0, "snapshots are left");
        });
    }

    private void step(String name, Action action) {
        steps.add(new Step(name, action));
    }

    private Attached only() {
        return attached.getFirst();
    }

    private void write(String text) {
        try {
            Files.writeString(only().target().resolve("file"), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void expect(CsiClient csi, Volume copy, String text) {
        Attached up = Attached.up(csi, workspace, copy, capability);
        try {
            String found = Files.readString(up.target().resolve("file"));
            check(found.equals(text), "the file says \"" + found + "\", not \"" + text + "\"");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        up.down(csi);
    }

    /** The paths that the kubelet would have removed. */
    static void forgetPaths(Path workspace) {
        HostCommand.run(
                "rm", "-rf", "--one-file-system", workspace.resolve("kubelet").toString());
    }

    private static void check(boolean condition, String otherwise) {
        if (!condition) {
            throw new AssertionError(otherwise);
        }
    }
}
