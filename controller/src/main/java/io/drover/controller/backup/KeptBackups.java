package io.drover.controller.backup;

import io.drover.controller.mover.StoredBackup;
import io.drover.core.error.StorageException;
import io.drover.core.fault.FaultPoints;
import io.drover.core.model.Backup;
import io.drover.core.model.BackupFacts;
import io.drover.core.model.BackupId;
import io.drover.core.model.BackupMode;
import io.drover.core.model.BackupOrigin;
import io.drover.core.model.BackupState;
import io.drover.core.model.BackupUrl;
import io.drover.core.store.ResourceStore;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;

/** Stands for backups that are in a store already, whoever made them. */
public final class KeptBackups {
    private final ResourceStore store;
    private final BackupRecords records;
    private final StoredBackups stored;
    private final FaultPoints faults;
    private final Clock clock;

    KeptBackups(ResourceStore store, StoredBackups stored, FaultPoints faults, Clock clock) {
        this.store = store;
        this.records = new BackupRecords(store);
        this.stored = stored;
        this.faults = faults;
        this.clock = clock;
    }

    /**
     * Looks a backup up, and writes down where it lies, so that its handle is enough from now on. Nothing new is made; calling again
     * changes nothing.
     *
     * @throws StorageException NOT_FOUND if the store surely has none, NOT_READY if it is not complete, CORRUPT if it cannot be restored,
     *     EXISTS_DIFFERENT if a backup of this name in another store is on record
     */
    public Backup keep(BackupUrl url, Map<String, String> secrets) {
        BackupId id = url.backup();
        Optional<Backup> existing = records.find(id);
        existing.filter(backup -> !BackupUrl.isSameTarget(backup.targetUrl(), url.target()))
                .ifPresent(backup -> {
                    throw StorageException.existsDifferent("cannot stand for backup " + id + " of " + url.target()
                            + ": there is one of this name in " + backup.targetUrl()
                            + "; restore it by fromBackup of a StorageClass instead");
                });
        StoredBackups.Found found = stored.find(id, url.target(), secrets)
                .orElseThrow(() -> StorageException.notFound("backup", id + " in " + url.target()));
        StoredBackup backup = BackupRestores.requireComplete(id, found.backup());
        if (existing.isPresent()) {
            return existing.get();
        }
        Backup kept = store.create(record(id, found.target(), backup)).value();
        faults.reach("backup-keep.recorded");
        return kept;
    }

    /** The record of a backup of somebody else's. */
    Backup record(BackupId id, ResolvedTarget target, StoredBackup backup) {
        return new Backup(
                id,
                target.name(),
                target.url(),
                BackupState.READY,
                BackupOrigin.FOREIGN,
                safeName(backup.snapshot()),
                backup.incremental() ? BackupMode.INCREMENTAL : BackupMode.FULL,
                backup.labels(),
                backup.volumeSize(),
                backup.snapshotCreated().or(backup::completed).orElseGet(clock::instant),
                Optional.of(new BackupFacts(backup.storedBytes(), backup.newlyUploadedBytes(), backup.incremental())),
                Optional.empty(),
                clock.instant(),
                backup.completed());
    }

    /** A local snapshot of this name, if any, was not taken for this. */
    private static String safeName(String snapshot) {
        return snapshot.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,127}") && !snapshot.contains("..") ? snapshot : "";
    }
}
