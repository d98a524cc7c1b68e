package io.drover.snapshotter.store;

/**
 * What a deletion did.
 *
 * @param existed whether there was such a backup
 * @param blocks that were removed
 * @param bytes that they took
 * @param kept why unused blocks were left in place, and what would change that; empty = none were
 */
public record DeletionReport(boolean existed, long blocks, long bytes, String kept) {}
