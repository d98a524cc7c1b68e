package io.drover.core.sys;

import java.nio.file.Path;

/** Questions to a block device. */
public interface BlockDeviceCalls {
    /**
     * The size in bytes (BLKGETSIZE64).
     *
     * @throws SystemCallException ENOTBLK if the path is not a block device
     */
    long sizeBytes(Path device);

    /** Whether the device refuses writes (BLKROGET). */
    boolean isReadOnly(Path device);

    /** The smallest unit that the device reads and writes, in bytes (BLKSSZGET). */
    int logicalBlockSize(Path device);

    /** Writes everything out, and forgets the page cache of the device node (fsync, BLKFLSBUF). */
    void flush(Path device);

    /** Whether somebody holds the device for himself: a mount, an array, a swap area (open with O_EXCL says EBUSY). */
    boolean isHeld(Path device);
}
