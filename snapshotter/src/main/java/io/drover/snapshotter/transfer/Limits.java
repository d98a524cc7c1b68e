package io.drover.snapshotter.transfer;

import io.drover.core.error.StorageException;

/**
 * How much of the host a transfer may take.
 *
 * @param cores that hash and compress
 * @param requests to the store at a time
 * @param memoryBytes for blocks; three are taken in any case
 * @param bytesPerSecond over the network; 0 = unlimited
 */
public record Limits(int cores, int requests, long memoryBytes, long bytesPerSecond) {
    /** For a mover with a quarter of a gibibyte in total. Two cores find room for blocks of 16 MiB; smaller ones do not need all of it. */
    public static final Limits DEFAULT = new Limits(2, 16, 80L << 20, 0);

    public Limits {
        if (cores < 1 || requests < 1 || memoryBytes < 1 || bytesPerSecond < 0) {
            throw StorageException.invalid("a transfer cannot work with " + cores + " cores, " + requests
                    + " requests, " + memoryBytes + " bytes of memory and " + bytesPerSecond
                    + " bytes per second; give numbers above 0");
        }
    }

    /** The same with no more memory than this. */
    public Limits withMemoryAtMost(long bytes) {
        return new Limits(cores, requests, Math.min(memoryBytes, bytes), bytesPerSecond);
    }

    /** As many blocks of this size as may be in memory at a time. */
    public int blocks(int blockBytes) {
        return (int) Math.clamp(memoryBytes / blockBytes, 2, Integer.MAX_VALUE);
    }
}
