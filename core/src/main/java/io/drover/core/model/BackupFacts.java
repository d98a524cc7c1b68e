package io.drover.core.model;

/**
 * What came out of an upload.
 *
 * @param storedBytes sum of the backup's blocks, before compression
 * @param newlyUploadedBytes of blocks that the store did not have, compressed
 * @param incremental whether only what had changed since another backup was read
 */
public record BackupFacts(long storedBytes, long newlyUploadedBytes, boolean incremental) {}
