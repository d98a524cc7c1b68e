package io.drover.e2e.crash;

import io.drover.csi.v1.ListSnapshotsRequest;
import io.drover.csi.v1.Snapshot;
import io.drover.csi.v1.Volume;
import io.drover.csi.v1.VolumeCapability;
import io.drover.e2e.fixture.Attached;
import io.drover.e2e.fixture.BackupCalls;
import io.drover.e2e.fixture.Capabilities;
import io.drover.e2e.fixture.HostCommand;
import io.drover.e2e.fixture.PoolLayout;
import io.drover.e2e.fixture.RawBytes;
import io.drover.e2e.fixture.StandaloneProcess;
import io.drover.e2e.fixture.StoreDirectory;
import io.drover.e2e.fixture.Workspace;
import io.drover.proto.operations.v1.AddTargetRequest;
import io.drover.proto.operations.v1.RemoveTargetRequest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Backups from the first to the last: full, incremental, verified, restored, taken over, deleted one by one. Each step may be repeated
 * until it succeeds. Restored volumes are compared byte for byte with what was written.
 */
final class BackupLife {
    private static final int BLOCK = 2 << 20;
    private static final long SIZE = 6L * BLOCK;
    private static final String VOLUME = "saved";

    private final VolumeCapability capability = Capabilities.block();
    private final Workspace workspace;
    private final Path pool;
    private final StoreDirectory store;
    private final String url;
    private final Map<String, String> credentials;
    private final List<Lifecycle.Step> steps = new ArrayList<>();

    private Volume volume = Volume.getDefaultInstance();
    private List<Attached> attached = List.of();
    private byte[] first = new byte[0];
    private byte[] second = new byte[0];
    private Snapshot firstBackup = Snapshot.getDefaultInstance();
    private Snapshot secondBackup = Snapshot.getDefaultInstance();

    /**
     * @param store the files of the target, emptied here
     * @param url of the target
     */
    BackupLife(Workspace workspace, Path pool, StoreDirectory store, String url, Map<String, String> credentials) {
        this.workspace = workspace;
        this.pool = pool;
        this.store = store;
        this.url = url;
        this.credentials = credentials;
        store.empty();
        making();
        backingUp();
        restoring();
        deleting();
    }

    List<Lifecycle.Step> steps() {
        return steps;
    }

    private void making() {
        step("add the target", drover -> {
            var unused = drover.operations()
                    .addTarget(AddTargetRequest.newBuilder()
                            .setName("default")
                            .setUrl(url)
                            .putAllCredentials(credentials)
                            .build());
        });
        step("create and attach", drover -> {
            volume = drover.csi().createVolume(VOLUME, SIZE, capability);
            attached = List.of(Attached.up(drover.csi(), workspace, volume, capability));
        });
    }

    private void backingUp() {
        step("write", drover -> {
            RawBytes.random(1, 4 * BLOCK).writeTo(device(), 0);
            first = RawBytes.read(device(), SIZE);
        });
        step("back up", drover -> {
            firstBackup = BackupCalls.backUp(drover.csi(), "first", volume.getVolumeId());
            check(store.blocks() == 4, "the store has " + store.blocks() + " blocks");
        });
        step("write again", drover -> {
            RawBytes.random(2, BLOCK).writeTo(device(), BLOCK);
            HostCommand.run(
                    "blkdiscard",
                    "--offset",
                    Long.toString(2L * BLOCK),
                    "--length",
                    Long.toString(BLOCK),
                    device().toString());
            second = RawBytes.read(device(), SIZE);
        });
        step("back up what changed", drover -> {
            secondBackup = BackupCalls.backUp(drover.csi(), "second", volume.getVolumeId());
            check(store.blocks() == 6, "the store has " + store.blocks() + " blocks"); // one new, and one of zeros
            check(
                    BackupCalls.summary(drover, VOLUME, "second").getIncremental(),
                    "the second backup is not incremental");
            // Only the base of the next one is kept.
            List<String> kept = PoolLayout.snapshots(pool, volume.getVolumeId());
            check(kept.size() == 1, "kept snapshots: " + kept);
        });
        step("verify", drover -> BackupCalls.verify(drover, VOLUME, "second"));
    }

    private void restoring() {
        step("detach", drover -> attached.getFirst().down(drover.csi()));
        step("restore the first", drover -> restore(drover, "restored-first", firstBackup, first));
        step("restore the second", drover -> restore(drover, "restored-second", secondBackup, second));
        step("delete the restored ones", drover -> {
            drover.csi().deleteVolume("restored-first");
            drover.csi().deleteVolume("restored-second");
        });
    }

    private void deleting() {
        step("delete the first", drover -> {
            BackupCalls.delete(drover.csi(), firstBackup.getSnapshotId());
            check(store.blocks() == 4, "the store has " + store.blocks() + " blocks");
        });
        step("the second is whole", drover -> {
            restore(drover, "restored-again", secondBackup, second);
            drover.csi().deleteVolume("restored-again");
        });
        step("delete the second", drover -> BackupCalls.delete(drover.csi(), secondBackup.getSnapshotId()));
        step("delete the volume", drover -> drover.csi().deleteVolume(volume.getVolumeId()));
        step("remove the target", drover -> {
            if (drover.operations()
                            .listTargets(io.drover.proto.operations.v1.ListTargetsRequest.getDefaultInstance())
                            .getTargetsCount()
                    > 0) {
                var unused = drover.operations()
                        .removeTarget(RemoveTargetRequest.newBuilder()
                                .setName("default")
                                .build());
            }
        });
        step("nothing is left", drover -> {
            check(drover.csi().listVolumes().getEntriesCount() == 0, "volumes are listed");
            check(
                    drover.csi()
                                    .controller()
                                    .listSnapshots(ListSnapshotsRequest.getDefaultInstance())
                                    .getEntriesCount()
                            == 0,
                    "snapshots are listed");
            List<String> files = store.files();
            check(
                    files.size() == 1 && files.getFirst().endsWith("/" + VOLUME + "/volume.cfg"),
                    "the store has " + files);
        });
    }

    private void restore(StandaloneProcess drover, String name, Snapshot backup, byte[] wanted) {
        Volume restored = BackupCalls.restore(drover.csi(), name, SIZE, capability, backup.getSnapshotId());
        Attached up = Attached.up(drover.csi(), workspace, restored, capability);
        String difference = RawBytes.firstDifference(RawBytes.read(up.target(), SIZE), wanted);
        check(difference.isEmpty(), name + " differs from what was backed up: " + difference);
        up.down(drover.csi());
    }

    private Path device() {
        return attached.getFirst().target();
    }

    private void step(String name, Lifecycle.Action action) {
        steps.add(new Lifecycle.Step(name, action));
    }

    private static void check(boolean condition, String otherwise) {
        if (!condition) {
            throw new AssertionError(otherwise);
        }
    }
}
