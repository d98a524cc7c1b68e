package io.drover.controller.snapshot;

import io.drover.controller.host.SnapshotCopy;
import io.drover.controller.volume.NewRecords;
import io.drover.controller.volume.Retry;
import io.drover.controller.volume.SnapshotRemoval;
import io.drover.controller.volume.VolumeHosts;
import io.drover.controller.volume.VolumeRecords;
import io.drover.controller.volume.VolumeRevert;
import io.drover.core.error.ErrorCode;
import io.drover.core.error.StorageException;
import io.drover.core.fault.FaultPoints;
import io.drover.core.guard.OperationGuard;
import io.drover.core.model.Backup;
import io.drover.core.model.BackupOrigin;
import io.drover.core.model.ByteSize;
import io.drover.core.model.Snapshot;
import io.drover.core.model.SnapshotId;
import io.drover.core.model.SnapshotOrigin;
import io.drover.core.model.SnapshotState;
import io.drover.core.model.Volume;
import io.drover.core.store.ResourceStore;
import io.drover.core.store.Stored;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** Takes snapshots of single volumes. */
public final class SnapshotCreation {
    private final ResourceStore store;
    private final VolumeRecords records;
    private final VolumeHosts hosts;
    private final VolumeRevert reverts;
    private final SnapshotRemoval removal;
    private final Guards guards;
    private final FaultPoints faults;
    private final Clock clock;

    /**
     * What is guarded: the volume, and the snapshot's name, since names of CSI snapshots are unique over all volumes.
     *
     * @param volumes shared with all operations on volumes
     */
    public record Guards(OperationGuard volumes, OperationGuard names) {}

    public SnapshotCreation(
            ResourceStore store,
            VolumeHosts hosts,
            VolumeRevert reverts,
            SnapshotRemoval removal,
            Guards guards,
            FaultPoints faults,
            Clock clock) {
        this.store = store;
        this.records = new VolumeRecords(store);
        this.hosts = hosts;
        this.reverts = reverts;
        this.removal = removal;
        this.guards = guards;
        this.faults = faults;
        this.clock = clock;
    }

    /**
     * Takes the snapshot, or finishes an earlier attempt. Calling again after success changes nothing, even when the volume is gone.
     *
     * @throws StorageException NOT_FOUND without the volume, EXISTS_DIFFERENT if the name is taken by another snapshot, NO_SPACE on a
     *     disk above its watermark
     */
    public Snapshot create(SnapshotSpecification wanted) {
        SnapshotId id = wanted.id();
        try (var _ = guards.names().enter("create", wanted.origin() == SnapshotOrigin.JOB ? id.toString() : id.name());
                var _ = guards.volumes().enter("snapshot", id.volume().value())) {
            Optional<Snapshot> existing = findSame(wanted);
            if (existing.isPresent() && existing.get().state() == SnapshotState.READY) {
                return existing.get();
            }
            Volume volume = volumeOf(id, existing);
            Snapshot snapshot = existing.isPresent() ? existing.get() : begin(volume, wanted);
            faults.reach("snapshot-create.recorded");
            SnapshotCopy copy = take(volume, snapshot);
            faults.reach("snapshot-create.taken");
            return store.change(Snapshot.class, snapshot.key(), now -> now.taken(copy.createdAt(), copy.size()))
                    .value();
        }
    }

    private Volume volumeOf(SnapshotId id, Optional<Snapshot> unfinished) {
        try {
            return records.ready("snapshot", id.volume());
        } catch (StorageException e) {
            if (e.code() == ErrorCode.NOT_FOUND) {
                unfinished.ifPresent(removal::remove);
            }
            throw e;
        }
    }

    private Snapshot begin(Volume volume, SnapshotSpecification wanted) {
        var _ = reverts.finishInterrupted(volume);
        hosts.requireRoom("snapshot", volume, new ByteSize(0));
        return NewRecords.keep(
                store,
                new Snapshot(
                        wanted.id(),
                        SnapshotState.CREATING,
                        wanted.origin(),
                        volume.size(),
                        Optional.empty(),
                        wanted.labels(),
                        clock.instant()));
    }

    private SnapshotCopy take(Volume volume, Snapshot snapshot) {
        try {
            return hosts.port()
                    .createSnapshots(volume.placements().getFirst().node(), hosts.snapshotOrders(volume, snapshot))
                    .getFirst();
        } catch (StorageException e) {
            if (Retry.isExpectedAfter(e)) {
                throw e;
            }
            undo(snapshot, e);
            throw e;
        }
    }

    private void undo(Snapshot snapshot, StorageException cause) {
        try {
            if (cause.code() == ErrorCode.EXISTS_DIFFERENT) { // what is there then is not ours to remove
                store.delete(Snapshot.class, snapshot.key());
            } else {
                store.change(Snapshot.class, snapshot.key(), SnapshotCreation::givenUp);
                removal.remove(snapshot);
            }
        } catch (StorageException e) {
            throw Retry.because("take snapshot " + snapshot.id(), cause, e);
        }
    }

    /** One that another controller has finished meanwhile is somebody's. */
    private static Snapshot givenUp(Snapshot now) {
        if (now.state() == SnapshotState.READY) {
            throw StorageException.busy("snapshot " + now.id() + " was finished elsewhere just now");
        }
        return now.withState(SnapshotState.DELETING);
    }

    private Optional<Snapshot> findSame(SnapshotSpecification wanted) {
        if (wanted.origin() == SnapshotOrigin.CSI) {
            requireNameFreeElsewhere(wanted.id());
        }
        Optional<Snapshot> found = records.snapshot(wanted.id());
        found.ifPresent(snapshot -> {
            if (snapshot.state() == SnapshotState.DELETING) {
                throw StorageException.notReady("cannot take snapshot " + wanted.id()
                        + ": an earlier one of this name is still being deleted; call again later");
            }
            if (snapshot.origin() != wanted.origin() || snapshot.group().isPresent()) {
                throw StorageException.existsDifferent("cannot take snapshot " + wanted.id()
                        + ": the volume has a snapshot of this name that was made by other means ("
                        + snapshot.group()
                                .map(group -> "group " + group)
                                .orElse(snapshot.origin().name())
                        + "); choose another name");
            }
        });
        return found;
    }

    private void requireNameFreeElsewhere(SnapshotId id) {
        List<SnapshotId> others = records.snapshots().stream()
                .filter(snapshot -> snapshot.origin() == SnapshotOrigin.CSI)
                .map(Snapshot::id)
                .filter(other ->
                        other.name().equals(id.name()) && !other.volume().equals(id.volume()))
                .toList();
        store.list(Backup.class).stream()
                .map(Stored::value)
                .filter(backup -> backup.origin() == BackupOrigin.CSI)
                .map(Backup::id)
                .filter(backup -> backup.name().equals(id.name()))
                .findFirst()
                .ifPresent(backup -> {
                    throw StorageException.existsDifferent("cannot take snapshot " + id
                            + ": there is a backup of this name, " + backup + "; choose another name");
                });
        if (!others.isEmpty()) {
            throw StorageException.existsDifferent("cannot take snapshot " + id.name() + " of volume " + id.volume()
                    + ": there is a snapshot of this name of volume "
                    + others.getFirst().volume() + "; choose another name");
        }
    }
}
