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

    /** Whether it can be restored. */
    public boolean isComplete() {
        return completed.isPresent() && problem.isEmpty();
    }
}
