package io.drover.core.model;

import io.drover.core.error.StorageException;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a recurring job does. The words are Longhorn's. */
public enum JobTask {
    /** Takes a snapshot, and deletes the job's oldest. */
    SNAPSHOT,
    /** Takes a snapshot and uploads it, and deletes the job's oldest backups. */
    BACKUP,
    /** Deletes the snapshots that Drover took for itself and that nothing needs any more. */
    SNAPSHOT_CLEANUP,
    /** Gives the free space of the mounted file system back to the disk. */
    FILESYSTEM_TRIM;

    /** As users write it: {@code snapshot-cleanup}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether its results stay, so that some have to be deleted. */
    public boolean keepsResults() {
        return this == SNAPSHOT || this == BACKUP;
    }

    /**
     * Reads {@link #text}.
     *
     * @throws StorageException INVALID naming the possible ones
     */
    public static JobTask parse(String text) {
        for (JobTask task : values()) {
            if (task.text().equals(text)) {
                return task;
            }
        }
        throw StorageException.invalid("task "
                + (text.isEmpty() ? "is missing" : "\"" + Names.shown(text) + "\" is not possible")
                + "; choose "
                + Arrays.stream(values()).map(JobTask::text).collect(Collectors.joining(", ")));
    }
}
