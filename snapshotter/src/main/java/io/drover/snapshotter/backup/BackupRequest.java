package io.drover.snapshotter.backup;

import io.drover.snapshotter.format.BlockSize;
import io.drover.snapshotter.format.Compression;
import io.drover.snapshotter.image.ReplicaAddress;
import io.drover.snapshotter.store.LocalSnapshot;
import io.drover.snapshotter.transfer.Limits;
import java.util.List;
import java.util.Map;

/**
 * A backup that somebody wants.
 *
 * @param replica whose snapshot it is; the store knows the volume by the same name
 * @param volumeSize of the volume now
 * @param localSnapshots any of which may serve as base
 * @param full whether to send every block again
 * @param compression of a volume that has no backups yet
 * @param storageClass for people; may be empty
 */
public record BackupRequest(
        ReplicaAddress replica,
        String backup,
        LocalSnapshot snapshot,
        long volumeSize,
        List<LocalSnapshot> localSnapshots,
        Map<String, String> labels,
        boolean full,
        Compression compression,
        BlockSize blockSize,
        String storageClass,
        Limits limits) {
    public BackupRequest {
        localSnapshots = List.copyOf(localSnapshots);
        labels = Map.copyOf(labels);
    }

    String volume() {
        return replica.volume();
    }
}
