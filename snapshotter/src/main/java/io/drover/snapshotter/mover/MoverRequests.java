package io.drover.snapshotter.mover;

import io.drover.core.error.NearestName;
import io.drover.core.error.StorageException;
import io.drover.core.rpc.Timestamps;
import io.drover.proto.mover.v1.Limits;
import io.drover.proto.mover.v1.Snapshot;
import io.drover.proto.mover.v1.StartBackupRequest;
import io.drover.proto.mover.v1.StartRestoreRequest;
import io.drover.proto.mover.v1.Target;
import io.drover.snapshotter.backup.BackupRequest;
import io.drover.snapshotter.format.BlockSize;
import io.drover.snapshotter.format.Compression;
import io.drover.snapshotter.format.StoreNames;
import io.drover.snapshotter.image.ReplicaAddress;
import io.drover.snapshotter.restore.RestoreRequest;
import io.drover.snapshotter.store.LocalSnapshot;
import io.drover.snapshotter.target.TargetAddress;
import io.drover.snapshotter.target.TargetCredentials;
import java.util.List;

/** Reads requests into values. What is wrong with them is INVALID before anything begins. */
final class MoverRequests {
    private final long memoryPerTransfer;

    /** @param memoryPerTransfer more than this is not given to one */
    MoverRequests(long memoryPerTransfer) {
        this.memoryPerTransfer = memoryPerTransfer;
    }

    static StoreTarget target(Target target) {
        return new StoreTarget(TargetAddress.parse(target.getUrl()), TargetCredentials.of(target.getCredentialsMap()));
    }

    BackupRequest backup(StartBackupRequest request) {
        return new BackupRequest(
                new ReplicaAddress(volume(request.getVolume()), request.getDisk()),
                backupName(request.getBackup()),
                snapshot(request.getSnapshot()),
                request.getVolumeSizeBytes(),
                request.getLocalSnapshotsList().stream()
                        .map(MoverRequests::snapshot)
                        .toList(),
                request.getLabelsMap(),
                isFull(request.getMode()),
                request.getCompression().isEmpty() ? Compression.LZ4 : Compression.parse(request.getCompression()),
                request.getBlockBytes() == 0 ? BlockSize.MIB_2 : BlockSize.forWriting(request.getBlockBytes()),
                request.getStorageClass(),
                limits(request.getLimits()));
    }

    RestoreRequest restore(StartRestoreRequest request) {
        return new RestoreRequest(
                volume(request.getVolume()),
                backupName(request.getBackup()),
                new ReplicaAddress(request.getIntoVolume(), request.getIntoDisk()),
                request.getSizeBytes(),
                limits(request.getLimits()));
    }

    static String volume(String name) {
        return StoreNames.require("volume", name);
    }

    static String backupName(String name) {
        return StoreNames.require("backup", name);
    }

    static List<String> remembered(List<String> names) {
        return names.stream().map(MoverRequests::backupName).toList();
    }

    io.drover.snapshotter.transfer.Limits limits(Limits limits) {
        var usual = io.drover.snapshotter.transfer.Limits.DEFAULT;
        return new io.drover.snapshotter.transfer.Limits(
                        limits.getCores() == 0 ? usual.cores() : limits.getCores(),
                        limits.getRequests() == 0 ? usual.requests() : limits.getRequests(),
                        limits.getMemoryBytes() == 0 ? usual.memoryBytes() : limits.getMemoryBytes(),
                        limits.getBytesPerSecond())
                .withMemoryAtMost(memoryPerTransfer);
    }

    /** 0 stands for all. */
    static int percent(int percent) {
        if (percent < 0 || percent > 100) {
            throw StorageException.invalid("cannot verify " + percent + " percent of a backup; give 1 to 100");
        }
        return percent == 0 ? 100 : percent;
    }

    private static boolean isFull(String mode) {
        return switch (mode) {
            case "full" -> true;
            case "incremental", "" -> false;
            default ->
                throw StorageException.invalid("backup mode \"" + NearestName.shown(mode) + "\" is not known"
                        + NearestName.hint(mode, List.of("incremental", "full")));
        };
    }

    private static LocalSnapshot snapshot(Snapshot snapshot) {
        return new LocalSnapshot(snapshot.getName(), Timestamps.instant(snapshot.getCreated()));
    }
}
