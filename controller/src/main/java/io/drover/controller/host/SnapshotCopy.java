package io.drover.controller.host;

import io.drover.core.model.ByteSize;
import java.time.Instant;
import java.util.OptionalLong;

/**
 * A snapshot as it lies on a disk.
 *
 * @param size of the volume when it was taken
 * @param exclusiveBytes what its deletion gives back, where that was asked for
 * @param record the snapshot's record, as it was written beside the data
 */
public record SnapshotCopy(String name, ByteSize size, Instant createdAt, OptionalLong exclusiveBytes, String record) {}
