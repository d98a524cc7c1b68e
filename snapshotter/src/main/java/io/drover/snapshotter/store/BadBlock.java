package io.drover.snapshotter.store;

import io.drover.snapshotter.format.Checksum;

/**
 * A block that cannot be restored.
 *
 * @param offset the first of its places in the volume
 * @param problem missing, wrong, or not to be decoded
 */
public record BadBlock(long offset, Checksum checksum, String problem) {}
