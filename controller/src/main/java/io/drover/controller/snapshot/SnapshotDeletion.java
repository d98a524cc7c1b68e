package io.drover.controller.snapshot;

import io.drover.controller.volume.SnapshotRemoval;
import io.drover.controller.volume.Uploads;
import io.drover.controller.volume.VolumeRecords;
import io.drover.core.error.StorageException;
import io.drover.core.guard.OperationGuard;
import io.drover.core.model.Snapshot;
import io.drover.core.model.SnapshotId;
import io.drover.core.model.VolumeId;
import java.util.Optional;

/** Deletes single snapshots. */
public final class SnapshotDeletion {
    private final VolumeRecords records;
    private final SnapshotRemoval removal;
    private final Uploads uploads;
    private final OperationGuard volumes;

    public SnapshotDeletion(VolumeRecords records, SnapshotRemoval removal, Uploads uploads, OperationGuard volumes) {
        this.records = records;
        this.removal = removal;
        this.uploads = uploads;
        this.volumes = volumes;
    }

    /**
     * Deletes the snapshot, or finishes an earlier deletion; with the last snapshot of a deleted volume, what is left of that too. One
     * that does not exist is success.
     *
     * @throws StorageException INVALID for a member of a group, which goes with its group only (CSI spec, DeleteSnapshot); NOT_READY while
     *     it is being uploaded
     */
    public void delete(SnapshotId id) {
        try (var _ = volumes.enter("delete a snapshot of", id.volume().value())) {
            Optional<Snapshot> found = records.snapshot(id);
            found.flatMap(Snapshot::group).ifPresent(group -> {
                throw StorageException.invalid("cannot delete snapshot " + id + ": it belongs to group snapshot "
                        + group + "; delete the group");
            });
            found.ifPresent(snapshot -> {
                uploads.requireNoneOf("delete", snapshot.id());
                removal.remove(snapshot);
            });
            // Also without the snapshot: an earlier deletion may have ended between the two.
            records.find(id.volume()).ifPresent(removal::removeIfUnused);
        }
    }

    /** Removes what is left of a deleted volume if nobody keeps a snapshot of it. */
    public void release(VolumeId id) {
        try (var _ = volumes.enter("delete", id.value())) {
            records.find(id).ifPresent(removal::removeIfUnused);
        }
    }
}
