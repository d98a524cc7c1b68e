package io.drover.snapshotter.transfer;

import io.drover.core.error.ErrorCode;
import java.time.Instant;
import java.util.Optional;

/**
 * A transfer as it is at one moment.
 *
 * @param totalBytes of blocks to look at; 0 = not known yet
 * @param doneBytes of those
 * @param sentBytes over the network, either way
 * @param readBytes from a snapshot
 * @param requests to the store
 * @param started when it was asked for
 * @param error of one that failed
 * @param message what it does or waits for; why it failed
 * @param result of one that is done
 */
public record Transfer(
        TransferKey key,
        TransferState state,
        long totalBytes,
        long doneBytes,
        long sentBytes,
        long readBytes,
        long requests,
        Instant started,
        Optional<Instant> ended,
        Optional<ErrorCode> error,
        String message,
        TransferResult result) {}
