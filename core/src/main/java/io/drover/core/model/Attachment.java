package io.drover.core.model;

import java.time.Instant;

/**
 * Which host a volume is published to. One at most.
 *
 * @param epoch grows with every attachment of the volume, so that a late message of an earlier one can be told
 */
public record Attachment(
        NodeId node, AccessMode accessMode, boolean block, boolean readOnly, long epoch, Instant since) {}
