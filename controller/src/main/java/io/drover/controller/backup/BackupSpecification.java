package io.drover.controller.backup;

import io.drover.core.model.BackupId;
import io.drover.core.model.BackupMode;
import io.drover.core.model.BackupOrigin;
import java.util.Map;

/**
 * A backup that somebody wants.
 *
 * @param snapshot an existing local snapshot; empty = a new one, of the backup's name
 * @param target name or URL; empty = that of the volume
 * @param labels stored with it
 */
public record BackupSpecification(
        BackupId id, BackupOrigin origin, String snapshot, String target, BackupMode mode, Map<String, String> labels) {
    public BackupSpecification {
        labels = Map.copyOf(labels);
    }
}
