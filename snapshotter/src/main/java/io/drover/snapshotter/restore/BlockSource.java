package io.drover.snapshotter.restore;

import io.drover.snapshotter.format.Checksum;

/** Where a restore's blocks come from. Used by several threads. */
@FunctionalInterface
interface BlockSource {
    /**
     * The block as it is stored.
     *
     * @throws io.drover.core.error.StorageException CORRUPT if it surely is not there
     */
    byte[] fetch(Checksum checksum);
}
