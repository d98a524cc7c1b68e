package io.drover.controller.volume;

import io.drover.controller.host.ReplicaAddress;
import io.drover.core.error.StorageException;
import io.drover.core.fault.FaultPoints;
import io.drover.core.model.Snapshot;
import io.drover.core.model.SnapshotState;
import io.drover.core.model.Volume;
import io.drover.core.model.VolumeState;
import io.drover.core.store.ResourceStore;

/** Removes snapshots, and the rest of a deleted volume with its last one. The caller holds the guard of the volume. */
public final class SnapshotRemoval {
    private final ResourceStore store;
    private final VolumeRecords records;
    private final VolumeHosts hosts;
    private final FaultPoints faults;

    public SnapshotRemoval(ResourceStore store, VolumeHosts hosts, FaultPoints faults) {
        this.store = store;
        this.records = new VolumeRecords(store);
        this.hosts = hosts;
        this.faults = faults;
    }

    /**
     * Removes a snapshot from its volume's hosts, then its record. If the process ends inside, the record says DELETING, and the same
     * call finishes it.
     */
    public void remove(Snapshot snapshot) {
        Volume volume = records.find(snapshot.id().volume())
                .orElseThrow(() -> StorageException.corrupt("snapshot " + snapshot.id()
                        + " is recorded but its volume's record is gone; nobody knows where it lies"));
        store.change(Snapshot.class, snapshot.key(), now -> now.withState(SnapshotState.DELETING));
        faults.reach("snapshot-delete.recorded");
        ReplicaAddress.of(volume)
                .forEach(replica ->
                        hosts.port().deleteSnapshot(replica, snapshot.id().name()));
        faults.reach("snapshot-delete.removed");
        store.delete(Snapshot.class, snapshot.key());
        faults.reach("snapshot-delete.forgotten");
    }

    /** Removes what is left of a deleted volume once nobody keeps a snapshot of it. Otherwise does nothing. */
    public void removeIfUnused(Volume volume) {
        boolean kept = !records.snapshots(volume.id()).isEmpty();
        if (volume.state() == VolumeState.RETAINED && !kept) {
            hosts.delete(volume, true);
            faults.reach("snapshot-delete.volume-removed");
            store.delete(Volume.class, volume.key());
        }
    }
}
