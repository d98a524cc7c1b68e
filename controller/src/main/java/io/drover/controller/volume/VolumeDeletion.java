package io.drover.controller.volume;

import io.drover.controller.host.ReplicaAddress;
import io.drover.controller.host.ReplicaState;
import io.drover.core.error.ErrorCode;
import io.drover.core.error.StorageException;
import io.drover.core.fault.FaultPoints;
import io.drover.core.guard.OperationGuard;
import io.drover.core.model.JobHistory;
import io.drover.core.model.Snapshot;
import io.drover.core.model.SnapshotState;
import io.drover.core.model.Volume;
import io.drover.core.model.VolumeId;
import io.drover.core.model.VolumeSource;
import io.drover.core.model.VolumeState;
import io.drover.core.store.ResourceStore;
import io.drover.core.store.Stored;
import java.util.List;
import java.util.Optional;

/** Deletes volumes. Snapshots that have an owner outside stay, and with them the volume's record. */
public final class VolumeDeletion {
    private final ResourceStore store;
    private final VolumeRecords records;
    private final VolumeHosts hosts;
    private final OperationGuard guard;
    private final FaultPoints faults;
    private final SnapshotRemoval snapshots;
    private final Restores restores;
    private final Uploads uploads;

    public VolumeDeletion(
            ResourceStore store, VolumeHosts hosts, Restores restores, OperationGuard guard, FaultPoints faults) {
        this.store = store;
        this.records = new VolumeRecords(store);
        this.hosts = hosts;
        this.guard = guard;
        this.faults = faults;
        this.restores = restores;
        this.uploads = new Uploads(store);
        this.snapshots = new SnapshotRemoval(store, hosts, faults);
    }

    /**
     * Deletes the volume, or finishes an earlier deletion. A volume that does not exist is success. If the process ends inside, the
     * record says DELETING; the same call, or the next start, finishes it.
     *
     * @throws StorageException IN_USE while it is published or its device is attached; NOT_READY naming a backup that is being uploaded
     */
    public void delete(VolumeId id) {
        try (var _ = guard.enter("delete", id.value())) {
            Optional<Volume> found = records.find(id);
            if (found.isEmpty() || found.get().state() == VolumeState.RETAINED) {
                return;
            }
            Volume volume = found.get();
            boolean perhapsRestoring =
                    volume.source() instanceof VolumeSource.FromBackup && volume.state() != VolumeState.READY;
            if (volume.state().isVisible()) {
                requireUnused(volume);
                uploads.requireNoneOf("delete", id);
            }
            volume = store.change(Volume.class, volume.key(), now -> now.withState(VolumeState.DELETING))
                    .value();
            faults.reach("volume-delete.recorded");
            if (perhapsRestoring) {
                restores.stop(volume); // or its mover would write to a file that is gone
                faults.reach("volume-delete.restore-stopped");
            }
            remove(volume, records.snapshots(id));
        }
    }

    private void remove(Volume volume, List<Snapshot> all) {
        forgetJobs(volume);
        if (all.stream().noneMatch(VolumeDeletion::isKept)) {
            hosts.delete(volume, true); // all snapshots at once, however many
            faults.reach("volume-delete.replica-removed");
            all.forEach(snapshot -> store.delete(Snapshot.class, snapshot.key()));
            faults.reach("volume-delete.snapshots-forgotten");
            store.delete(Volume.class, volume.key());
            return;
        }
        all.stream().filter(snapshot -> !isKept(snapshot)).forEach(snapshots::remove);
        hosts.delete(volume, false);
        faults.reach("volume-delete.head-removed");
        store.change(Volume.class, volume.key(), now -> now.withState(VolumeState.RETAINED));
    }

    private void forgetJobs(Volume volume) {
        store.list(JobHistory.class).stream()
                .map(Stored::value)
                .filter(history -> history.volume().equals(volume.id()))
                .forEach(history -> store.delete(JobHistory.class, history.key()));
    }

    /** One that was never acknowledged has no owner yet; its creation, repeated, learns that the volume is gone. */
    private static boolean isKept(Snapshot snapshot) {
        return snapshot.origin().outlivesVolume() && snapshot.state() == SnapshotState.READY;
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
