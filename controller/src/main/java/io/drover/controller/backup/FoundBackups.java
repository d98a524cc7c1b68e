package io.drover.controller.backup;

import io.drover.controller.mover.Movers;
import io.drover.controller.mover.StoredBackup;
import io.drover.controller.mover.StoredVolume;
import io.drover.core.error.ErrorCode;
import io.drover.core.error.StorageException;
import io.drover.core.model.BackupId;
import io.drover.core.model.VolumeId;
import io.drover.core.store.ResourceStore;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records the backups that lie in a store and that nobody here has on record, whoever made them. A record is never removed because its
 * backup was not listed: it goes when somebody deletes it.
 */
final class FoundBackups {
    private static final Logger log = LoggerFactory.getLogger(FoundBackups.class);

    private final ResourceStore store;
    private final BackupRecords records;
    private final Movers movers;
    private final AnyMover anyMover;
    private final KeptBackups kept;

    FoundBackups(ResourceStore store, Movers movers, KeptBackups kept) {
        this.store = store;
        this.records = new BackupRecords(store);
        this.movers = movers;
        this.anyMover = new AnyMover(movers);
        this.kept = kept;
    }

    /**
     * Records what can be restored. What is in progress, damaged, or of a name that none of ours could have is left out.
     *
     * @throws StorageException UNAVAILABLE and the like if the store ceases to answer; what was recorded stays
     */
    void record(ResolvedTarget target, List<StoredVolume> volumes) {
        int recorded = 0;
        for (StoredVolume volume : volumes) {
            for (StoredBackup backup : backups(target, volume.name())) {
                Optional<BackupId> id = id(backup);
                if (backup.isComplete()
                        && id.isPresent()
                        && records.find(id.get()).isEmpty()) {
                    recorded += record(id.get(), target);
                }
            }
        }
        if (recorded > 0) {
            log.atInfo().addKeyValue("target", target).log("{} backups were found there", recorded);
        }
    }

    private int record(BackupId id, ResolvedTarget target) {
        try {
            // Looked at again: it may have been deleted, with its record, since it was listed.
            StoredBackup backup = anyMover.ask(node -> movers.backup(node, target.access(), id));
            var _ = store.create(kept.record(id, target, backup));
            return 1;
        } catch (StorageException e) {
            // Deleted, or made here, just now.
            if (e.code() == ErrorCode.NOT_FOUND || e.code() == ErrorCode.EXISTS_DIFFERENT) {
                return 0;
            }
            throw e;
        }
    }

    /** One damaged volume must not hide the others. */
    private List<StoredBackup> backups(ResolvedTarget target, String volume) {
        try {
            return anyMover.ask(node -> movers.backups(node, target.access(), volume));
        } catch (StorageException e) {
            return switch (e.code()) {
                case NOT_FOUND, CORRUPT, UNSUPPORTED -> List.of();
                default -> throw e;
            };
        }
    }

    private static Optional<BackupId> id(StoredBackup backup) {
        try {
            return Optional.of(new BackupId(new VolumeId(backup.volume()), backup.name()));
        } catch (StorageException e) {
            return Optional.empty();
        }
    }
}
