package io.drover.snapshotter.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.core.fault.FaultPoints;
import io.drover.core.sys.LinuxSystemCalls;
import io.drover.core.time.Pause;
import io.drover.snapshotter.format.BackupConfiguration;
import io.drover.snapshotter.format.BlockSize;
import io.drover.snapshotter.format.Compression;
import io.drover.snapshotter.image.ModelImages;
import io.drover.snapshotter.image.ReplicaAddress;
import io.drover.snapshotter.lock.StoreLocks;
import io.drover.snapshotter.restore.RestoreRequest;
import io.drover.snapshotter.restore.RestoreRun;
import io.drover.snapshotter.store.BackupDeletion;
import io.drover.snapshotter.store.BackupStore;
import io.drover.snapshotter.store.LocalSnapshot;
import io.drover.snapshotter.target.DirectoryTarget;
import io.drover.snapshotter.transfer.Limits;
import io.drover.snapshotter.transfer.TransferMonitor;
import io.drover.snapshotter.transfer.TransferTools;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A volume with snapshots, and a store in a real directory, without the waiting. */
public final class Trial {
    public static final ReplicaAddress VOLUME = new ReplicaAddress("pvc-1", "disk-1");
    static final Instant MIDNIGHT = Instant.parse("2026-11-23T00:00:00Z");

    public final ModelImages images;
    final Path storeFolder;
    final List<LocalSnapshot> snapshots = new ArrayList<>();
    BlockSize blockSize = BlockSize.MIB_2;
    Compression compression = Compression.LZ4;
    Limits limits = Limits.DEFAULT;
    FaultPoints faults = FaultPoints.NONE;
    WatchedFiles files;
    TransferMonitor monitor = new TransferMonitor();
    private int restored;

    public Trial(Path folder) {
        try {
            images = new ModelImages(Files.createDirectory(folder.resolve("images")));
            storeFolder = Files.createDirectory(folder.resolve("store"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        files = reconnect();
    }

    /** As a process that has just been started. */
    WatchedFiles reconnect() {
        files = new WatchedFiles(DirectoryTarget.open(storeFolder, "file://" + storeFolder, Clock.systemUTC()));
        monitor = new TransferMonitor();
        return files;
    }

    /** Of which only the minute between two refreshes is waited for. */
    StoreLocks locks(String host) {
        return new StoreLocks(host, Clock.systemUTC(), duration -> {
            if (duration.toSeconds() > 10) {
                Pause.SLEEP.forDuration(duration);
            }
        });
    }

    TransferTools tools() {
        return new TransferTools(locks("host-1"), images, Clock.systemUTC(), System::nanoTime, duration -> {}, faults);
    }

    BackupStore store() {
        return new BackupStore(files, Clock.systemUTC(), faults);
    }

    LocalSnapshot snapshot(String name) {
        images.takeSnapshot(VOLUME, name);
        LocalSnapshot snapshot = new LocalSnapshot(name, MIDNIGHT.plusSeconds(snapshots.size() * 60L));
        snapshots.add(snapshot);
        return snapshot;
    }

    void forget(LocalSnapshot snapshot) {
        images.deleteSnapshot(VOLUME, snapshot.name());
        snapshots.remove(snapshot);
    }

    BackupConfiguration backUp(LocalSnapshot snapshot) {
        return backUp(snapshot, false);
    }

    BackupConfiguration backUp(LocalSnapshot snapshot, boolean full) {
        BackupRequest request = new BackupRequest(
                VOLUME,
                "backup-" + snapshot.name(),
                snapshot,
                images.head(VOLUME).size(),
                snapshots,
                Map.of(),
                full,
                compression,
                blockSize,
                "",
                limits);
        return new BackupRun(store(), tools()).run(request, monitor);
    }

    /** Restores into a new volume that is one hole, and compares every byte. */
    void assertRestores(LocalSnapshot snapshot) {
        assertRestores(snapshot, store().volume("pvc-1").size());
    }

    void assertRestores(LocalSnapshot snapshot, long size) {
        ReplicaAddress into = newVolume(size);
        restore(snapshot, into);
        assertSame(snapshot, into);
        assertThat(images.isSealed(into)).isTrue();
    }

    ReplicaAddress newVolume(long size) {
        ReplicaAddress into = new ReplicaAddress("restored-" + restored++, "disk-1");
        images.create(into, size);
        return into;
    }

    void restore(LocalSnapshot snapshot, ReplicaAddress into) {
        new RestoreRun(store(), LinuxSystemCalls.create().extents(), tools())
                .run(
                        new RestoreRequest(
                                VOLUME.volume(),
                                "backup-" + snapshot.name(),
                                into,
                                images.head(into).size(),
                                limits),
                        monitor);
    }

    /** What lies behind the end of the snapshot has to be zeros. */
    void assertSame(LocalSnapshot snapshot, ReplicaAddress volume) {
        try {
            byte[] expected =
                    Files.readAllBytes(images.snapshot(VOLUME, snapshot.name()).path());
            byte[] actual = Files.readAllBytes(images.head(volume).path());
            assertThat(actual.length).isGreaterThanOrEqualTo(expected.length);
            int difference = java.util.Arrays.mismatch(java.util.Arrays.copyOf(expected, actual.length), actual);
            assertThat(difference).as("first byte that differs in " + snapshot).isEqualTo(-1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void delete(LocalSnapshot snapshot) {
        new BackupDeletion(store(), tools().locks(), faults).delete("pvc-1", "backup-" + snapshot.name());
    }
}
