package io.drover.snapshotter.backup;

import io.drover.snapshotter.format.BlockSize;
import io.drover.snapshotter.format.Checksum;
import io.drover.snapshotter.format.ChecksumSet;
import io.drover.snapshotter.store.BackupStore;
import io.drover.snapshotter.store.BadBlocks;
import io.drover.snapshotter.store.UnfinishedWrites;
import org.jspecify.annotations.Nullable;

/**
 * Which blocks a store has. Asked for many of them, it lists the store's blocks once, a thousand with each request; asked for a few of a
 * large volume, it asks for each.
 */
final class KnownBlocks {
    private static final int BLOCKS_PER_REQUEST = 1000;

    private final BackupStore store;
    private final String volume;
    private final BlockSize size;
    private final BadBlocks bad;
    private final @Nullable ChecksumSet listed;

    private KnownBlocks(BackupStore store, String volume, BlockSize size, BadBlocks bad, @Nullable ChecksumSet listed) {
        this.store = store;
        this.volume = volume;
        this.size = size;
        this.bad = bad;
        this.listed = listed;
    }

    /**
     * What a store has of a volume.
     *
     * @param stored how many blocks it has, about
     * @param questions how many there will be, at most
     * @param unfinished takes note of what is found besides
     */
    static KnownBlocks of(
            BackupStore store,
            String volume,
            BlockSize size,
            BadBlocks bad,
            long stored,
            long questions,
            UnfinishedWrites unfinished) {
        boolean list = questions > stored / BLOCKS_PER_REQUEST;
        return new KnownBlocks(
                store, volume, size, bad, list ? store.storedBlocks(volume, size, bad, unfinished) : null);
    }

    /** Whether the block is surely there, by its name and length. */
    boolean contains(Checksum checksum) {
        return listed == null ? store.hasBlock(volume, checksum, size, bad) : listed.contains(checksum);
    }

    /** Whether it costs nothing to learn that the block is missing, and it is; or it was found bad. */
    boolean isKnownToBeMissing(Checksum checksum) {
        return bad.contains(checksum) || listed != null && !listed.contains(checksum);
    }

    boolean isBad(Checksum checksum) {
        return bad.contains(checksum);
    }
}
