package io.drover.controller.host;

import io.drover.core.model.ByteSize;

/**
 * What a revert left behind.
 *
 * @param safety the old head, kept as a snapshot
 * @param size of the new head
 */
public record RevertOutcome(SnapshotCopy safety, ByteSize size) {}
