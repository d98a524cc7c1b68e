package io.drover.controller.backup;

import io.drover.controller.mover.Movers;
import io.drover.controller.mover.StoredBackup;
import io.drover.controller.mover.Transfer;
import io.drover.controller.snapshot.SnapshotDeletion;
import io.drover.controller.volume.VolumeRecords;
import io.drover.core.error.ErrorCode;
import io.drover.core.error.StorageException;
import io.drover.core.fault.FaultPoints;
import io.drover.core.guard.OperationGuard;
import io.drover.core.model.Backup;
import io.drover.core.model.BackupId;
import io.drover.core.model.BackupState;
import io.drover.core.model.BackupUrl;
import io.drover.core.model.NodeId;
import io.drover.core.model.SnapshotOrigin;
import io.drover.core.store.ResourceStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Deletes backups from their store, and what was kept here for them. */
public final class BackupDeletion {
    private final Parts parts;
    private final BackupRecords records;
    private final VolumeRecords volumes;
    private final AnyMover anyMover;
    private final OperationGuard guard;
    private final FaultPoints faults;
    private final Duration patience;

    /** The services and ports that a deletion needs. */
    record Parts(
            ResourceStore store,
            Movers movers,
            BackupTargets targets,
            StoredBackups stored,
            SnapshotDeletion snapshots) {}

    BackupDeletion(Parts parts, OperationGuard guard, FaultPoints faults, Duration patience) {
        this.parts = parts;
        this.records = new BackupRecords(parts.store());
        this.volumes = new VolumeRecords(parts.store());
        this.anyMover = new AnyMover(parts.movers());
        this.guard = guard;
        this.faults = faults;
        this.patience = patience;
    }

    /**
     * Deletes the backup, or finishes an earlier deletion; an upload under way is cancelled first. One that surely does not exist is
     * success. A backup of the same name that somebody else put into the store meanwhile stays there.
     *
     * @param target name or URL of where to look for one that has no record; empty = in all
     * @throws StorageException NOT_READY while the mover is still at work; the same call continues
     */
    public void delete(BackupId id, String target, Map<String, String> secrets) {
        try (var _ = guard.enter("delete", id.toString())) {
            Optional<Backup> found = records.find(id);
            if (found.isEmpty()) {
                parts.stored().find(id, target, secrets).ifPresent(there -> removeFrom(there.target(), id));
                return;
            }
            Backup backup = found.get();
            if (backup.state() == BackupState.PENDING) { // no store has anything of it
                removeSnapshot(backup);
                parts.store().delete(Backup.class, backup.key());
                return;
            }
            backup = parts.store()
                    .change(Backup.class, backup.key(), Backup::deleting)
                    .value();
            faults.reach("backup-delete.recorded");
            cancelUpload(backup);
            faults.reach("backup-delete.cancelled");
            removeStored(backup, parts.targets().of(backup, secrets));
            faults.reach("backup-delete.removed");
            removeSnapshot(backup);
            faults.reach("backup-delete.snapshot-removed");
            parts.store().delete(Backup.class, backup.key());
        }
    }

    private void cancelUpload(Backup backup) {
        for (NodeId node : parts.movers().nodes()) {
            for (Transfer transfer : parts.movers().transfers(node)) {
                if (isUploadOf(backup, transfer)) {
                    parts.movers().cancel(node, transfer.id());
                    Transfer now = parts.movers().transfer(node, transfer.id(), patience);
                    if (!now.state().isEnded()) {
                        throw StorageException.notReady("cannot delete backup " + backup.id()
                                + " yet: its upload is being cancelled; call again");
                    }
                }
            }
        }
    }

    private static boolean isUploadOf(Backup backup, Transfer transfer) {
        return transfer.kind() == Transfer.Kind.BACKUP
                && !transfer.state().isEnded()
                && transfer.volume().equals(backup.id().volume().value())
                && transfer.backup().equals(backup.id().name());
    }

    private void removeStored(Backup backup, ResolvedTarget target) {
        StoredBackup stored;
        try {
            stored = parts.stored().in(target, backup.id());
        } catch (StorageException e) {
            if (e.code() != ErrorCode.NOT_FOUND && e.code() != ErrorCode.CORRUPT) {
                throw e;
            }
            // Damaged, and ours by name; or removed by a deletion that was interrupted before it had removed the
            // blocks.
            removeFrom(target, backup.id());
            return;
        }
        if (!stored.isComplete() || isOurs(backup, stored)) {
            removeFrom(target, backup.id());
        }
    }

    /** What was complete once was ours; else the snapshot tells, by name and by second, which is all that the format keeps. */
    private static boolean isOurs(Backup backup, StoredBackup stored) {
        boolean sameMoment = stored.snapshotCreated()
                .filter(created ->
                        created.getEpochSecond() == backup.snapshotAt().getEpochSecond())
                .isPresent();
        return stored.snapshot().equals(backup.snapshot()) && (backup.facts().isPresent() || sameMoment);
    }

    private void removeFrom(ResolvedTarget target, BackupId id) {
        Transfer transfer =
                anyMover.ask(node -> parts.movers().startDeletion(node, target.access(), id, remembered(target, id)));
        if (!transfer.state().isEnded()) {
            transfer = parts.movers().transfer(transfer.node(), transfer.id(), patience);
        }
        switch (transfer.state()) {
            case DONE -> {}
            case WAITING, RUNNING ->
                throw StorageException.notReady(
                        "backup " + id + " is being deleted (" + transfer.progress() + "); call again to continue");
            case FAILED, CANCELLED -> throw transfer.failed("delete backup " + id);
        }
    }

    /** What has to be in the same store, or the store is not to be believed about what nobody needs. */
    private List<String> remembered(ResolvedTarget target, BackupId id) {
        return records.of(id.volume()).stream()
                .filter(other ->
                        other.state() == BackupState.READY && !other.id().equals(id))
                .filter(other -> BackupUrl.isSameTarget(other.targetUrl(), target.url()))
                .map(other -> other.id().name())
                .toList();
    }

    /** The local snapshot goes if it was taken for backups, and no other one was made from it. */
    private void removeSnapshot(Backup backup) {
        backup.localSnapshot()
                .flatMap(volumes::snapshot)
                .filter(snapshot -> snapshot.origin() == SnapshotOrigin.BACKUP)
                .filter(snapshot -> records.of(backup.id().volume()).stream()
                        .noneMatch(other -> !other.id().equals(backup.id())
                                && other.snapshot().equals(snapshot.id().name())))
                .ifPresent(snapshot -> parts.snapshots().delete(snapshot.id()));
    }
}
