package io.drover.node.replica;

import io.drover.core.model.ByteSize;

/**
 * What a revert has done.
 *
 * @param safety holds what was the head before
 * @param size of the head now
 */
public record RevertOutcome(ReplicaSnapshot safety, ByteSize size) {}
