package io.drover.core.sys;

/**
 * What statfs(2) says of a file system.
 *
 * @param type the magic number of statfs(2); see the constants
 * @param blockSize in bytes
 * @param totalBytes size
 * @param freeBytes free, what is reserved for root included
 * @param availableBytes free for everybody
 * @param totalInodes 0 where the file system has no such limit (btrfs)
 * @param freeInodes 0 likewise
 */
public record FileSystemStatistics(
        long type,
        long blockSize,
        long totalBytes,
        long freeBytes,
        long availableBytes,
        long totalInodes,
        long freeInodes,
        boolean readOnly) {
    public static final long BTRFS = 0x9123683EL;
    public static final long XFS = 0x58465342L;
    /** Also ext2 and ext3. */
    public static final long EXT4 = 0xEF53L;

    public static final long TMPFS = 0x01021994L;

    public long usedBytes() {
        return totalBytes - freeBytes;
    }
}
