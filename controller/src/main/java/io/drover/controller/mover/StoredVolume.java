package io.drover.controller.mover;

import io.drover.core.model.ByteSize;
import java.time.Instant;
import java.util.Optional;

/**
 * A volume that a store has backups of.
 *
 * @param name the store's, which may be none of ours
 * @param problem why it cannot be read; empty = fine
 */
public record StoredVolume(
        String name,
        ByteSize size,
        String lastBackup,
        Optional<Instant> lastBackupAt,
        Optional<Instant> created,
        long blockCount,
        String problem) {}
