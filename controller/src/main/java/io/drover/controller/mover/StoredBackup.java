package io.drover.controller.mover;

import io.drover.core.model.ByteSize;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A backup as its store has it. Names are the store's, which may be none of ours.
 *
 * @param completed empty = in progress, or interrupted
 * @param storedBytes of its blocks, before compression
 * @param volumeSize what a restore needs
 * @param newlyUploadedBytes compressed, of blocks that the store did not have
 * @param url for {@code fromBackup}
 * @param problem why it cannot be restored; empty = fine
 */
public record StoredBackup(
        String volume,
        String name,
        String snapshot,
        Optional<Instant> snapshotCreated,
        Optional<Instant> completed,
        long storedBytes,
        ByteSize volumeSize,
        Map<String, String> labels,
        boolean incremental,
        String compression,
        long blockBytes,
        long newlyUploadedBytes,
        long reUploadedBytes,
        String url,
        String problem) {
    public StoredBackup {
        labels = Map.copyOf(labels);
    }

    /** One of which nothing is known but what is wrong. */
    public static StoredBackup unreadable(String volume, String name, String problem) {
        return new StoredBackup(
                volume,
                name,
                "",
                Optional.empty(),
                Optional.empty(),
                0,
                new ByteSize(0),
                Map.of(),
                false,
                "",
                0,
                0,
                0,
                "",
                problem);
    }

    /** Whether not even its configuration could be read; one in progress names its snapshot. */
    public boolean isUnreadable() {
        return completed.isEmpty() && snapshot.isEmpty() && !problem.isEmpty();
    }

    /** Whether it can be restored. */
    public boolean isComplete() {
        return completed.isPresent() && problem.isEmpty();
    }
}
