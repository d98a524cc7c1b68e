package io.drover.node.pool;

import io.drover.core.model.ByteSize;

/**
 * Space on disk.
 *
 * @param allocated taken by the image, whether it shares it or not
 * @param exclusive the part that would come back if the home was deleted; the rest is shared with clones
 */
public record PoolUsage(ByteSize allocated, ByteSize exclusive) {
    public PoolUsage {
        if (exclusive.isLargerThan(allocated)) {
            throw new IllegalArgumentException("exclusive " + exclusive + " of allocated " + allocated);
        }
    }

    /** The part that others refer to as well. */
    public ByteSize shared() {
        return new ByteSize(allocated.bytes() - exclusive.bytes());
    }
}
