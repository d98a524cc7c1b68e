package io.drover.controller.backup;

import io.drover.controller.host.ReplicaAddress;
import io.drover.controller.mover.BackupOrder;
import io.drover.controller.mover.BackupOrder.LocalSnapshot;
import io.drover.controller.mover.Movers;
import io.drover.controller.mover.StoredBackup;
import io.drover.controller.mover.Transfer;
import io.drover.controller.snapshot.SnapshotCreation;
import io.drover.controller.snapshot.SnapshotSpecification;
import io.drover.controller.volume.Retry;
import io.drover.controller.volume.SnapshotRemoval;
import io.drover.controller.volume.VolumeHosts;
import io.drover.controller.volume.VolumeRecords;
import io.drover.core.error.ErrorCode;
import io.drover.core.error.StorageException;
import io.drover.core.fault.FaultPoints;
import io.drover.core.guard.OperationGuard;
import io.drover.core.model.Backup;
import io.drover.core.model.BackupFacts;
import io.drover.core.model.BackupFailure;
import io.drover.core.model.BackupId;
import io.drover.core.model.BackupLabels;
import io.drover.core.model.BackupOrigin;
import io.drover.core.model.BackupSettings;
import io.drover.core.model.BackupState;
import io.drover.core.model.BackupUrl;
import io.drover.core.model.ByteSize;
import io.drover.core.model.Snapshot;
import io.drover.core.model.SnapshotId;
import io.drover.core.model.SnapshotOrigin;
import io.drover.core.model.SnapshotState;
import io.drover.core.model.Volume;
import io.drover.core.model.VolumeId;
import io.drover.core.store.ResourceStore;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes backups: a local snapshot, or one that is there already, is uploaded by the mover of its host. */
public final class BackupCreation {
    private final Parts parts;
    private final BackupRecords records;
    private final VolumeRecords volumes;
    private final OperationGuard guard;
    private final FaultPoints faults;
    private final Clock clock;
    private final Duration patience;

    /** The services and ports that a backup needs. */
    record Parts(
            ResourceStore store,
            Movers movers,
            BackupTargets targets,
            VolumeHosts hosts,
            SnapshotCreation snapshots,
            SnapshotRemoval removal,
            BaseSnapshots bases) {}

    /**
     * Brings the parts together.
     *
     * @param guard shared with the deletion of backups
     * @param patience how long a call waits for the end of an upload before it answers that it is under way
     */
    BackupCreation(Parts parts, OperationGuard guard, FaultPoints faults, Clock clock, Duration patience) {
        this.parts = parts;
        this.records = new BackupRecords(parts.store());
        this.volumes = new VolumeRecords(parts.store());
        this.guard = guard;
        this.faults = faults;
        this.clock = clock;
        this.patience = patience;
    }

    /**
     * Makes the backup, or goes on with an earlier attempt: also with one that has failed. Calling again after success changes nothing.
     * A backup that does not end soon, or fails, is an answer; it is an exception only as long as nobody can have been told of it, and
     * then nothing of it is left, unless the same call is to continue ({@link Retry}).
     *
     * @param secrets for a target given by URL; for this call only
     * @throws StorageException NOT_FOUND without the volume or the named snapshot, EXISTS_DIFFERENT if the name is taken, IN_USE without
     *     the target
     */
    public BackupProgress create(BackupSpecification wanted, Map<String, String> secrets) {
        BackupId id = wanted.id();
        try (var _ = guard.enter("make", guarded(wanted))) {
            Optional<Backup> existing = records.find(id);
            existing.ifPresent(backup -> requireSame(backup, wanted));
            if (existing.isPresent() && existing.get().state() == BackupState.READY) {
                return new BackupProgress(existing.get(), Optional.empty(), false);
            }
            Backup backup = existing.isPresent() ? existing.get() : begin(wanted, secrets);
            faults.reach("backup-create.recorded");
            return proceed(backup, parts.targets().of(backup, secrets), patience);
        }
    }

    /**
     * Goes on with an upload that nobody may be calling for: starts it again if its mover has forgotten it, and writes down its end. Does
     * nothing for a backup in another state, or if its credentials came with a call.
     */
    public Optional<BackupProgress> advance(BackupId id) {
        try (var _ = guard.enter("continue", id.toString())) {
            Optional<Backup> backup = records.find(id).filter(Backup::isUploading);
            Optional<ResolvedTarget> target = backup.flatMap(parts.targets()::known);
            return target.map(known -> proceed(backup.orElseThrow(), known, Duration.ZERO));
        }
    }

    /** Writes the end of an upload down, as a mover tells it. Does nothing if the record waits for no end. */
    public void ended(Transfer transfer) {
        BackupId id = new BackupId(new VolumeId(transfer.volume()), transfer.backup());
        try (var _ = guard.enter("finish", id.toString())) {
            records.find(id).filter(Backup::isUploading).ifPresent(backup -> {
                var _ = settle(backup, transfer);
            });
        }
    }

    /** The backup, and where names are unique over all volumes, the name. */
    private static List<String> guarded(BackupSpecification wanted) {
        String id = wanted.id().toString();
        return wanted.origin() == BackupOrigin.JOB
                ? List.of(id)
                : List.of(id, wanted.id().name());
    }

    private Backup begin(BackupSpecification wanted, Map<String, String> secrets) {
        requireNameFree(wanted);
        Volume volume = volumes.ready("back up", wanted.id().volume());
        String asked = wanted.target().isEmpty() ? volume.parameters().backupTargetName() : wanted.target();
        ResolvedTarget target = parts.targets().resolve(asked, secrets);
        boolean own = wanted.snapshot().isEmpty();
        if (!own) {
            var _ = requireSnapshot(new SnapshotId(volume.id(), wanted.snapshot()));
        }
        return parts.store()
                .create(new Backup(
                        wanted.id(),
                        target.name(),
                        target.url(),
                        BackupState.PENDING,
                        wanted.origin(),
                        own ? wanted.id().name() : wanted.snapshot(),
                        wanted.mode(),
                        wanted.labels(),
                        volume.size(),
                        clock.instant(),
                        Optional.empty(),
                        Optional.empty(),
                        clock.instant(),
                        Optional.empty()))
                .value();
    }

    private BackupProgress proceed(Backup recorded, ResolvedTarget target, Duration wait) {
        boolean begun = recorded.state() == BackupState.PENDING;
        Optional<Transfer> unnoticed = recorded.isUploading() ? endedUpload(recorded) : Optional.empty();
        if (unnoticed.isPresent()) { // starting it again now would hide why it failed
            return new BackupProgress(settle(recorded, unnoticed.get()), unnoticed, false);
        }
        Snapshot snapshot = begun ? takeSnapshot(recorded) : requireSnapshotOf(recorded);
        faults.reach("backup-create.snapshot-taken");
        Volume volume = volumes.find(recorded.id().volume())
                .orElseThrow(() -> StorageException.corrupt("snapshot " + snapshot.id()
                        + " is recorded but its volume's record is gone; nobody knows where it lies"));
        Backup backup = parts.store()
                .change(Backup.class, recorded.key(), now -> now.uploading(snapshot, labels(now, volume)))
                .value();
        faults.reach("backup-create.uploading");
        ReplicaAddress replica = ReplicaAddress.of(volume).getFirst();
        Transfer transfer;
        try {
            transfer = parts.movers().startBackup(replica.node(), order(backup, volume, replica, snapshot, target));
        } catch (StorageException e) {
            throw refused(backup, e, begun);
        }
        faults.reach("backup-create.started");
        Optional<Transfer> ended = waitFor(transfer, wait);
        return new BackupProgress(ended.map(one -> settle(backup, one)).orElse(backup), ended, begun);
    }

    /** The end of an upload that nobody has written down yet. */
    private Optional<Transfer> endedUpload(Backup backup) {
        return volumes.find(backup.id().volume()).stream()
                .flatMap(volume -> ReplicaAddress.of(volume).stream())
                .flatMap(replica -> parts.movers().transfers(replica.node()).stream())
                .filter(transfer -> transfer.kind() == Transfer.Kind.BACKUP
                        && transfer.state().isEnded())
                .filter(transfer ->
                        transfer.volume().equals(backup.id().volume().value())
                                && transfer.backup().equals(backup.id().name()))
                .findFirst();
    }

    /** The local snapshot of a new backup: taken now, unless an existing one was named. */
    private Snapshot takeSnapshot(Backup backup) {
        SnapshotId id = backup.localSnapshot().orElseThrow();
        try {
            // A job has taken its snapshot before, under the name of the backup.
            return isOwn(backup) && backup.origin() != BackupOrigin.JOB
                    ? parts.snapshots().create(new SnapshotSpecification(id, SnapshotOrigin.BACKUP, Map.of()))
                    : requireSnapshot(id);
        } catch (StorageException e) {
            if (!Retry.isExpectedAfter(e)) {
                parts.store().delete(Backup.class, backup.key()); // nothing else was made
            }
            throw e;
        }
    }

    /** Whether the snapshot was taken for this backup. */
    private static boolean isOwn(Backup backup) {
        return backup.snapshot().equals(backup.id().name());
    }

    private Snapshot requireSnapshotOf(Backup backup) {
        try {
            return requireSnapshot(backup.localSnapshot().orElseThrow());
        } catch (StorageException e) {
            if (e.code() == ErrorCode.NOT_FOUND) {
                var _ = fail(backup, e.code(), "its local snapshot is gone; delete this backup and make another");
            }
            throw e;
        }
    }

    private Snapshot requireSnapshot(SnapshotId id) {
        Snapshot snapshot = volumes.snapshot(id)
                .filter(found -> found.state() != SnapshotState.DELETING)
                .orElseThrow(() -> StorageException.notFound("snapshot", id.toString()));
        if (snapshot.state() == SnapshotState.CREATING) {
            throw StorageException.notReady(
                    "snapshot " + id + " is still being taken; repeat its creation, then call again");
        }
        return snapshot;
    }

    private static Map<String, String> labels(Backup backup, Volume volume) {
        Map<String, String> labels = new HashMap<>(backup.labels());
        labels.put(BackupLabels.BLOCK_SIZE, String.valueOf(volume.blockBytes()));
        if (volume.mountAllowed()) {
            labels.put(BackupLabels.FILE_SYSTEM, volume.parameters().fsType().text());
        }
        return labels;
    }

    private BackupOrder order(
            Backup backup, Volume volume, ReplicaAddress replica, Snapshot snapshot, ResolvedTarget target) {
        List<LocalSnapshot> local = volumes.snapshots(volume.id()).stream()
                .filter(each -> each.state() == SnapshotState.READY)
                .map(each -> new LocalSnapshot(each.id().name(), each.createdAt()))
                .toList();
        return new BackupOrder(
                target.access(),
                backup.id(),
                replica.disk(),
                new LocalSnapshot(snapshot.id().name(), snapshot.createdAt()),
                snapshot.size(),
                local,
                backup.labels(),
                backup.mode(),
                fitting(parts.hosts().settings().backups(), snapshot.size()));
    }

    /** The format wants whole blocks (Longhorn's manager: volume size % block size = 0). */
    private static BackupSettings fitting(BackupSettings settings, ByteSize size) {
        return size.bytes() % settings.blockSize().bytes() == 0 ? settings : settings.withBlockSize(ByteSize.STEP);
    }

    /** A mover that was started anew does not know it: then it is still to be uploaded. */
    private Optional<Transfer> waitFor(Transfer transfer, Duration wait) {
        if (transfer.state().isEnded() || wait.isZero()) {
            return Optional.of(transfer);
        }
        try {
            return Optional.of(parts.movers().transfer(transfer.node(), transfer.id(), wait));
        } catch (StorageException e) {
            if (Retry.isExpectedAfter(e) || e.code() == ErrorCode.NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private Backup settle(Backup backup, Transfer transfer) {
        return switch (transfer.state()) {
            case WAITING, RUNNING -> backup;
            case FAILED -> fail(backup, transfer.failure().orElse(ErrorCode.INTERNAL), transfer.message());
            case CANCELLED -> fail(backup, ErrorCode.NOT_READY, "it was cancelled; the same request continues it");
            case DONE -> {
                Optional<StoredBackup> stored = transfer.result();
                BackupFacts facts = new BackupFacts(
                        stored.map(StoredBackup::storedBytes).orElse(0L),
                        stored.map(StoredBackup::newlyUploadedBytes).orElse(0L),
                        stored.map(StoredBackup::incremental).orElse(false));
                Backup ready = parts.store()
                        .change(
                                Backup.class,
                                backup.key(),
                                now -> now.ready(
                                        facts,
                                        stored.flatMap(StoredBackup::completed).orElseGet(clock::instant)))
                        .value();
                faults.reach("backup-create.ready");
                parts.bases().prune(backup.id().volume());
                yield ready;
            }
        };
    }

    /** The mover did not take it. */
    private StorageException refused(Backup backup, StorageException cause, boolean begun) {
        if (Retry.isExpectedAfter(cause)) {
            return cause;
        }
        if (!begun) {
            var _ = fail(backup, cause.code(), String.valueOf(cause.getMessage()));
            return cause;
        }
        try {
            if (isOwn(backup)) {
                volumes.snapshot(backup.localSnapshot().orElseThrow()).ifPresent(parts.removal()::remove);
            }
            parts.store().delete(Backup.class, backup.key());
            return cause;
        } catch (StorageException e) {
            return Retry.because("back up " + backup.id(), cause, e);
        }
    }

    private Backup fail(Backup backup, ErrorCode code, String message) {
        return parts.store()
                .change(
                        Backup.class,
                        backup.key(),
                        now -> (now.isUploading() ? now : now.again()).failed(new BackupFailure(code, message)))
                .value();
    }

    private void requireNameFree(BackupSpecification wanted) {
        String name = wanted.id().name();
        records.all().stream()
                .filter(other -> other.id().name().equals(name)
                        && (isUnique(other, wanted) || other.id().equals(wanted.id())))
                .findFirst()
                .ifPresent(other -> {
                    throw StorageException.existsDifferent("cannot make backup " + wanted.id() + ": there is backup "
                            + other.id() + "; choose another name");
                });
        volumes.snapshots().stream()
                .map(Snapshot::id)
                .filter(other -> other.name().equals(name)
                        && wanted.snapshot().isEmpty()
                        && (other.volume().equals(wanted.id().volume()) || isCsi(other)))
                .findFirst()
                .ifPresent(other -> {
                    throw StorageException.existsDifferent("cannot make backup " + wanted.id()
                            + ": there is a local snapshot of this name, " + other + "; choose another name");
                });
    }

    /** A job makes backups of one name on all of its volumes. */
    private static boolean isUnique(Backup other, BackupSpecification wanted) {
        return other.origin() == wanted.origin() && wanted.origin() != BackupOrigin.JOB;
    }

    private boolean isCsi(SnapshotId id) {
        return volumes.snapshot(id)
                .filter(snapshot -> snapshot.origin() == SnapshotOrigin.CSI)
                .isPresent();
    }

    /** What a repeated request must agree in with the record. */
    private void requireSame(Backup backup, BackupSpecification wanted) {
        if (backup.state() == BackupState.DELETING) {
            throw StorageException.notReady("cannot make backup " + backup.id()
                    + ": an earlier one of this name is still being deleted; call again later");
        }
        String snapshot = wanted.snapshot().isEmpty() ? wanted.id().name() : wanted.snapshot();
        String differs = "";
        if (backup.origin() != wanted.origin()) {
            differs = "who asked for it (" + backup.origin() + ")";
        } else if (!backup.snapshot().equals(snapshot)) {
            differs = "the snapshot (" + backup.snapshot() + ")";
        } else if (backup.mode() != wanted.mode()) {
            differs = "the mode (" + backup.mode().text() + ")";
        } else if (!goesTo(backup, wanted.target())) {
            differs = "the target (" + (backup.target().isEmpty() ? backup.targetUrl() : backup.target()) + ")";
        }
        if (!differs.isEmpty()) {
            throw StorageException.existsDifferent("cannot make backup " + backup.id()
                    + ": it exists and differs from the request in " + differs
                    + "; choose another name or ask for the same");
        }
    }

    private boolean goesTo(Backup backup, String target) {
        return target.isEmpty()
                || target.equals(backup.target())
                || (BackupUrl.isUrl(target) && BackupUrl.isSameTarget(target, backup.targetUrl()));
    }
}
