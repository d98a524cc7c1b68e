package io.drover.snapshotter.backup;

import io.drover.snapshotter.format.Checksum;

/** Where a backup's blocks go. Used by several threads; no block is offered twice in a run. */
interface BlockSink {
    /**
     * Whether the block has to be sent; false if the store is known to have it.
     *
     * @throws io.drover.core.error.StorageException if nobody knows, or the store must not be written to any more
     */
    boolean needs(Checksum checksum);

    /**
     * Stores the block. Durable on return.
     *
     * @param compressed its first bytes, which are used for something else afterwards
     */
    void store(Checksum checksum, byte[] compressed, int length);
}
