package io.drover.controller.backup;

import io.drover.controller.mover.Movers;
import io.drover.controller.mover.StoredBackup;
import io.drover.core.error.ErrorCode;
import io.drover.core.error.StorageException;
import io.drover.core.model.Backup;
import io.drover.core.model.BackupId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Looks backups up where they lie. What gave no answer is an error and never an absence. */
public final class StoredBackups {
    private final BackupRecords records;
    private final BackupTargets targets;
    private final Movers movers;
    private final AnyMover anyMover;

    StoredBackups(BackupRecords records, BackupTargets targets, Movers movers) {
        this.records = records;
        this.targets = targets;
        this.movers = movers;
        this.anyMover = new AnyMover(movers);
    }

    /** A backup and where it was found. */
    public record Found(ResolvedTarget target, StoredBackup backup) {}

    /**
     * Looks in one target, or in the one on record, or in all in turn.
     *
     * @param target name or URL; empty = not said
     * @return empty if surely none of them has it
     */
    public Optional<Found> find(BackupId id, String target, Map<String, String> secrets) {
        Optional<StorageException> silent = Optional.empty();
        for (ResolvedTarget candidate : candidates(id, target, secrets)) {
            try {
                return Optional.of(new Found(candidate, in(candidate, id)));
            } catch (StorageException e) {
                if (e.code() != ErrorCode.NOT_FOUND && silent.isEmpty()) {
                    silent = Optional.of(e);
                }
            }
        }
        silent.ifPresent(failure -> {
            throw failure;
        });
        return Optional.empty();
    }

    /**
     * One of one target.
     *
     * @throws StorageException NOT_FOUND if it surely has none
     */
    StoredBackup in(ResolvedTarget target, BackupId id) {
        return anyMover.ask(node -> movers.backup(node, target.access(), id));
    }

    private List<ResolvedTarget> candidates(BackupId id, String target, Map<String, String> secrets) {
        if (!target.isEmpty()) {
            return List.of(targets.resolve(target, secrets));
        }
        Optional<Backup> record = records.find(id);
        return record.map(backup -> List.of(targets.of(backup, secrets))).orElseGet(targets::inOrder);
    }
}
