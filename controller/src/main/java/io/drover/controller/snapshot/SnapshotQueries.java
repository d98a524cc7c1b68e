package io.drover.controller.snapshot;

import io.drover.controller.page.Page;
import io.drover.controller.volume.VolumeRecords;
import io.drover.core.error.StorageException;
import io.drover.core.model.Snapshot;
import io.drover.core.model.SnapshotId;
import io.drover.core.model.SnapshotOrigin;
import io.drover.core.model.SnapshotState;
import io.drover.core.model.VolumeId;
import java.util.List;
import java.util.Optional;

/** Answers which snapshots there are. Changes nothing. */
public final class SnapshotQueries {
    private final VolumeRecords records;

    public SnapshotQueries(VolumeRecords records) {
        this.records = records;
    }

    /**
     * A snapshot that is not being deleted.
     *
     * @throws StorageException NOT_FOUND if there is none
     */
    public Snapshot get(SnapshotId id) {
        return records.snapshot(id)
                .filter(snapshot -> snapshot.state() != SnapshotState.DELETING)
                .orElseThrow(() -> StorageException.notFound("snapshot", id.handle()));
    }

    /**
     * Snapshots as CSI lists them. Those that Drover took for backups are left out: the backup is listed instead. Those that are still being taken are left out unless asked for by id: CSI's clients take each entry
     * for one that was cut.
     *
     * @param volume of this volume only
     * @param id this one only
     */
    public Page<Snapshot> list(Optional<VolumeId> volume, Optional<SnapshotId> id, int maxEntries, String token) {
        List<Snapshot> matching =
                id.map(one -> records.snapshot(one).stream().toList()).orElseGet(records::snapshots).stream()
                        .filter(snapshot -> snapshot.origin() != SnapshotOrigin.BACKUP)
                        .filter(snapshot -> snapshot.state() == SnapshotState.READY
                                || (id.isPresent() && snapshot.state() == SnapshotState.CREATING))
                        .filter(snapshot -> volume.isEmpty()
                                || volume.get().equals(snapshot.id().volume()))
                        .toList();
        return Page.of(matching, Snapshot::key, maxEntries, token);
    }

    /** All snapshots with their states, for people; of one volume, or of all. */
    public List<Snapshot> all(Optional<VolumeId> volume) {
        return volume.map(records::snapshots).orElseGet(records::snapshots);
    }
}
