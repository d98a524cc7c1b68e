package io.drover.controller.mover;

import io.drover.core.model.BackupId;
import io.drover.core.model.BackupMode;
import io.drover.core.model.BackupSettings;
import io.drover.core.model.ByteSize;
import io.drover.core.model.DiskId;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A backup to be made.
 *
 * @param disk where the replica lies that the snapshots belong to
 * @param snapshot to upload
 * @param size of the volume in that snapshot
 * @param local all snapshots of the volume that lie there, any of which may serve as base
 */
public record BackupOrder(
        TargetAccess target,
        BackupId backup,
        DiskId disk,
        LocalSnapshot snapshot,
        ByteSize size,
        List<LocalSnapshot> local,
        Map<String, String> labels,
        BackupMode mode,
        BackupSettings settings) {
    public BackupOrder {
        local = List.copyOf(local);
        labels = Map.copyOf(labels);
    }

    /** A snapshot by name and moment, which together say that it is the same one. */
    public record LocalSnapshot(String name, Instant created) {}
}
