package io.drover.controller.volume;

import io.drover.core.error.StorageException;
import io.drover.core.model.Snapshot;
import io.drover.core.model.SnapshotId;
import io.drover.core.model.Volume;
import io.drover.core.model.VolumeId;
import io.drover.core.model.VolumeState;
import io.drover.core.store.ResourceStore;
import io.drover.core.store.Stored;
import java.util.List;
import java.util.Optional;

/** Looks records up as callers see them: what is being deleted, or is kept only for its snapshots, is no volume to them. */
public final class VolumeRecords {
    private final ResourceStore store;

    public VolumeRecords(ResourceStore store) {
        this.store = store;
    }

    /** The record in whatever state. */
    public Optional<Volume> find(VolumeId id) {
        return store.find(Volume.class, id.value()).map(Stored::value);
    }

    /**
     * A volume that callers see.
     *
     * @throws StorageException NOT_FOUND if there is none
     */
    public Volume visible(VolumeId id) {
        return find(id).filter(volume -> volume.state().isVisible())
                .orElseThrow(() -> StorageException.notFound("volume", id.value()));
    }

    /**
     * A volume that can be worked with.
     *
     * @throws StorageException NOT_FOUND if there is none, NOT_READY while it is being made
     */
    public Volume ready(String operation, VolumeId id) {
        Volume volume = visible(id);
        if (volume.state() != VolumeState.READY) {
            throw StorageException.notReady("cannot " + operation + " volume " + id
                    + ": it is still being created; repeat its creation, or wait for it, and call again");
        }
        return volume;
    }

    /** All volumes that callers see, by name. */
    public List<Volume> visible() {
        return all().stream().filter(volume -> volume.state().isVisible()).toList();
    }

    /** All volumes in whatever state, by name. */
    public List<Volume> all() {
        return store.list(Volume.class).stream().map(Stored::value).toList();
    }

    public Optional<Snapshot> snapshot(SnapshotId id) {
        return store.find(Snapshot.class, Snapshot.key(id)).map(Stored::value);
    }

    /** All snapshots of a volume in whatever state, by name. */
    public List<Snapshot> snapshots(VolumeId id) {
        return snapshots().stream()
                .filter(snapshot -> snapshot.id().volume().equals(id))
                .toList();
    }

    /** All snapshots in whatever state, in the order of their keys. */
    public List<Snapshot> snapshots() {
        return store.list(Snapshot.class).stream().map(Stored::value).toList();
    }
}
