package io.drover.controller.backup;

import io.drover.controller.mover.StoredBackup;
import io.drover.controller.mover.Transfer;
import io.drover.core.model.Backup;
import java.util.Optional;

/**
 * A backup as it is known: by record, by its store, or by both.
 *
 * @param stored where the store was asked
 * @param target name, or empty
 * @param transfer of its upload, where a mover tells of one
 */
public record BackupView(
        Optional<Backup> backup,
        Optional<StoredBackup> stored,
        String target,
        String targetUrl,
        Optional<Transfer> transfer) {}
