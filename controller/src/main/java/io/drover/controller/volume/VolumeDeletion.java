package io.drover.controller.volume;

import io.drover.controller.host.ReplicaAddress;
import io.drover.controller.host.ReplicaState;
import io.drover.core.error.ErrorCode;
import io.drover.core.error.StorageException;
import io.drover.core.fault.FaultPoints;
import io.drover.core.guard.OperationGuard;
import io.drover.core.model.Snapshot;
import io.drover.core.model.SnapshotState;
import io.drover.core.model.Volume;
import io.drover.core.model.VolumeId;
import io.drover.core.model.VolumeState;
import io.drover.core.store.ResourceStore;
import java.util.Optional;

/** Deletes volumes. Snapshots that have an owner outside stay, and with them the volume's record. */
public final class VolumeDeletion {
    private final ResourceStore store;
    private final VolumeRecords records;
    private final VolumeHosts hosts;
    private final OperationGuard guard;
    private final FaultPoints faults;
    private final SnapshotRemoval snapshots;

    public VolumeDeletion(ResourceStore store, VolumeHosts hosts, OperationGuard guard, FaultPoints faults) {
        this.store = store;
        this.records = new VolumeRecords(store);
        this.hosts = hosts;
        this.guard = guard;
        this.faults = faults;
        this.snapshots = new SnapshotRemoval(store, hosts, faults);
    }

    /**
     * Deletes the volume, or finishes an earlier deletion. A volume that does not exist is success. If the process ends inside, the
     * record says DELETING; the same call, or the next start, finishes it.
     *
     * @throws StorageException IN_USE while it is published or its device is attached
     */
    public void delete(VolumeId id) {
        try (var _ = guard.enter("delete", id.value())) {
            Optional<Volume> found = records.find(id);
            if (found.isEmpty() || found.get().state() == VolumeState.RETAINED) {
                return;
            }
            Volume volume = found.get();
            if (volume.state().isVisible()) {
                requireUnused(volume);
            }
            volume = store.change(Volume.class, volume.key(), now -> now.withState(VolumeState.DELETING))
                    .value();
            faults.reach("volume-delete.recorded");
            boolean kept = removeSnapshots(volume);
            hosts.delete(volume, !kept);
            faults.reach("volume-delete.replica-removed");
            if (kept) {
                store.change(Volume.class, volume.key(), now -> now.withState(VolumeState.RETAINED));
            } else {
                store.delete(Volume.class, volume.key());
            }
        }
    }

    /** Removes the snapshots that go with the volume, and tells whether others stay. */
    private boolean removeSnapshots(Volume volume) {
        boolean kept = false;
        for (Snapshot snapshot : records.snapshots(volume.id())) {
            // One that was never acknowledged has no owner yet; its creation, repeated, learns that the volume is gone.
            if (snapshot.origin().outlivesVolume() && snapshot.state() == SnapshotState.READY) {
                kept = true;
            } else {
                snapshots.remove(snapshot);
            }
        }
        return kept;
    }

    private void requireUnused(Volume volume) {
        volume.attachment().ifPresent(attachment -> {
            throw StorageException.inUse("cannot delete volume " + volume.id() + ": it is published to node "
                    + attachment.node() + hosts.usersOf(volume) + "; unpublish it first");
        });
        for (ReplicaAddress address : ReplicaAddress.of(volume)) {
            replicaIfAny(address).filter(replica -> !replica.device().isEmpty()).ifPresent(replica -> {
                throw StorageException.inUse("cannot delete volume " + volume.id() + ": " + replica.device()
                        + " is still attached on node " + address.node() + hosts.usersOf(volume)
                        + "; unstage it first");
            });
        }
    }

    /** A half-made volume may have no replica. */
    private Optional<ReplicaState> replicaIfAny(ReplicaAddress address) {
        try {
            return Optional.of(hosts.port().replica(address));
        } catch (StorageException e) {
            if (e.code() == ErrorCode.NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }
}
