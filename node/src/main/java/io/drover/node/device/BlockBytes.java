package io.drover.node.device;

import io.drover.core.error.StorageException;

/**
 * The logical block size of a volume's device, the same for all its life: a file system or partition table that was made on blocks of
 * one size cannot be used on larger ones (docs/decisions).
 *
 * @param value 4096, or 512 for an image that was made elsewhere, on such blocks
 */
public record BlockBytes(int value) {
    private static final int SMALL = 512;

    /** Of volumes that Drover made: XFS does direct I/O in 4096 only, once a file shares extents. */
    public static final BlockBytes USUAL = new BlockBytes(4096);

    /** @throws StorageException INVALID for any other number */
    public BlockBytes {
        if (value != 4096 && value != SMALL) {
            throw StorageException.invalid(
                    "a volume cannot have logical blocks of " + value + " bytes; use 4096 or 512");
        }
    }

    /** Whether the page cache of the file below can be passed by. Smaller blocks would not fit into those of the pool. */
    boolean allowsDirectIo() {
        return value != SMALL;
    }
}
