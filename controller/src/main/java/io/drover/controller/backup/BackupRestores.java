package io.drover.controller.backup;

import io.drover.controller.host.ReplicaAddress;
import io.drover.controller.mover.Movers;
import io.drover.controller.mover.RestoreOrder;
import io.drover.controller.mover.StoredBackup;
import io.drover.controller.mover.Transfer;
import io.drover.controller.volume.Restores;
import io.drover.controller.volume.Retry;
import io.drover.core.error.ErrorCode;
import io.drover.core.error.StorageException;
import io.drover.core.model.BackupId;
import io.drover.core.model.BackupLabels;
import io.drover.core.model.FileSystemType;
import io.drover.core.model.Settings;
import io.drover.core.model.Volume;
import io.drover.core.model.VolumeSource;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Fills new volumes from backups, by the mover of the host that they lie on. */
final class BackupRestores implements Restores {
    private final Movers movers;
    private final BackupTargets targets;
    private final StoredBackups stored;
    private final Supplier<Settings> settings;
    private final Duration patience;

    /**
     * Brings the parts together.
     *
     * @param patience how long a call waits for the end before it answers how far it is
     */
    BackupRestores(
            Movers movers,
            BackupTargets targets,
            StoredBackups stored,
            Supplier<Settings> settings,
            Duration patience) {
        this.movers = movers;
        this.targets = targets;
        this.stored = stored;
        this.settings = settings;
        this.patience = patience;
    }

    @Override
    public Origin find(VolumeSource.FromBackup wanted, Map<String, String> credentials) {
        BackupId id = wanted.backup();
        StoredBackups.Found found = stored.find(id, wanted.target(), credentials)
                .orElseThrow(() -> StorageException.notFound("backup", id.handle()));
        StoredBackup backup = requireComplete(id, found.backup());
        return new Origin(
                new VolumeSource.FromBackup(found.target().url(), id),
                backup.volumeSize(),
                blockBytes(id, backup.labels()),
                fileSystem(backup.labels()));
    }

    /** Accepts what can be restored. */
    static StoredBackup requireComplete(BackupId id, StoredBackup backup) {
        if (!backup.problem().isEmpty() && (backup.completed().isPresent() || backup.isUnreadable())) {
            throw StorageException.corrupt("backup " + id + " cannot be restored: " + backup.problem());
        }
        if (backup.completed().isEmpty()) {
            throw StorageException.notReady("backup " + id
                    + " is not complete: it is being made, or was interrupted; finish it, or use another one");
        }
        return backup;
    }

    /** Images made elsewhere do not say; they were made on blocks of 512. */
    private static int blockBytes(BackupId id, Map<String, String> labels) {
        String label = labels.getOrDefault(BackupLabels.BLOCK_SIZE, String.valueOf(Volume.FOREIGN_BLOCK_BYTES));
        if (label.equals(String.valueOf(Volume.BLOCK_BYTES))) {
            return Volume.BLOCK_BYTES;
        }
        if (label.equals(String.valueOf(Volume.FOREIGN_BLOCK_BYTES))) {
            return Volume.FOREIGN_BLOCK_BYTES;
        }
        throw StorageException.unsupported("backup " + id + " is of a volume with blocks of \"" + label
                + "\" bytes (label " + BackupLabels.BLOCK_SIZE + "); only 512 and 4096 are possible");
    }

    /** A word that this version does not know says as much as none. */
    private static Optional<FileSystemType> fileSystem(Map<String, String> labels) {
        String label = labels.getOrDefault(BackupLabels.FILE_SYSTEM, "");
        try {
            return label.isEmpty() ? Optional.empty() : Optional.of(FileSystemType.parse(label));
        } catch (StorageException e) {
            return Optional.empty();
        }
    }

    @Override
    public void fill(Volume volume, Map<String, String> credentials) {
        if (!(volume.source() instanceof VolumeSource.FromBackup(String url, BackupId backup))) {
            throw new IllegalArgumentException(volume.id() + " is not restored from a backup");
        }
        ResolvedTarget target = targets.resolve(url, credentials);
        for (ReplicaAddress replica : ReplicaAddress.of(volume)) {
            requireNoFailureOf(volume, backup, replica);
            RestoreOrder order = new RestoreOrder(
                    target.access(),
                    backup,
                    volume.id(),
                    replica.disk(),
                    volume.size(),
                    settings.get().backups());
            Transfer transfer = movers.startRestore(replica.node(), order);
            if (!transfer.state().isEnded()) {
                transfer = waitFor(transfer);
            }
            requireDone(volume, backup, transfer);
        }
    }

    /** A restore that failed for good while nobody was waiting: starting it again would hide why. */
    private void requireNoFailureOf(Volume volume, BackupId backup, ReplicaAddress replica) {
        for (Transfer transfer : movers.transfers(replica.node())) {
            boolean ofThisVolume = isRestoreOf(volume, transfer)
                    && transfer.ended().filter(volume.createdAt()::isBefore).isPresent();
            if (ofThisVolume && transfer.state() == Transfer.State.FAILED) {
                StorageException failure = failure(volume, backup, transfer);
                if (!Retry.isExpectedAfter(failure)) {
                    throw failure;
                }
            }
        }
    }

    private static boolean isRestoreOf(Volume volume, Transfer transfer) {
        return transfer.kind() == Transfer.Kind.RESTORE
                && transfer.intoVolume().equals(volume.id().value());
    }

    private static StorageException failure(Volume volume, BackupId backup, Transfer transfer) {
        return transfer.failed("restore volume " + volume.id() + " from backup " + backup);
    }

    private Transfer waitFor(Transfer transfer) {
        try {
            return movers.transfer(transfer.node(), transfer.id(), patience);
        } catch (StorageException e) {
            // Not known to a mover that was started anew; the next call starts it there.
            if (e.code() == ErrorCode.NOT_FOUND) {
                return transfer;
            }
            throw e;
        }
    }

    private static void requireDone(Volume volume, BackupId backup, Transfer transfer) {
        switch (transfer.state()) {
            case DONE -> {}
            case WAITING, RUNNING ->
                throw StorageException.notReady("volume " + volume.id() + " is being restored from backup " + backup
                        + " (" + transfer.progress() + "); call again to continue");
            case FAILED, CANCELLED -> throw failure(volume, backup, transfer);
        }
    }

    @Override
    public void stop(Volume volume) {
        for (ReplicaAddress replica : ReplicaAddress.of(volume)) {
            for (Transfer transfer : movers.transfers(replica.node())) {
                if (isRestoreOf(volume, transfer) && !transfer.state().isEnded()) {
                    movers.cancel(replica.node(), transfer.id());
                    if (!waitFor(transfer).state().isEnded()) {
                        throw StorageException.notReady(
                                "the restore of volume " + volume.id() + " is being cancelled; call again to continue");
                    }
                }
            }
        }
    }
}
