package io.drover.snapshotter.schedule;

/**
 * What trimming did.
 *
 * @param bytes that were given back, as the kernel counts them
 * @param skipped why nothing was tried; empty = it was done
 */
public record Trimmed(long bytes, String skipped) {}
