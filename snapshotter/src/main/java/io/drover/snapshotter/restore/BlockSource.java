package io.drover.snapshotter.restore;

import io.drover.snapshotter.format.Checksum;

/** Where a restore's blocks come from. Used by several threads. */
@FunctionalInterface
interface BlockSource {
    /**
     * The block as it is stored.
     *
     * @param into its first bytes are the block then
     * @return how many
     * @throws io.drover.core.error.StorageException CORRUPT if it surely is not there
     */
    int fetch(Checksum checksum, byte[] into);
}
