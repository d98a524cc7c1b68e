package io.drover.core.sys;

/**
 * What stat(2) says of a file.
 *
 * @param device that holds the file
 * @param inode number, unique on the device
 * @param mode type and permissions
 * @param specialDevice for a device node: which device it is
 * @param allocatedBytes space taken on disk, shared extents counted in full
 */
public record FileStatus(
        DeviceNumber device,
        long inode,
        int mode,
        int uid,
        int gid,
        DeviceNumber specialDevice,
        long sizeBytes,
        long allocatedBytes) {
    private static final int TYPE = 0170000;

    public boolean isBlockDevice() {
        return (mode & TYPE) == 0060000;
    }

    public boolean isDirectory() {
        return (mode & TYPE) == 0040000;
    }

    public boolean isRegularFile() {
        return (mode & TYPE) == 0100000;
    }

    public boolean isSymbolicLink() {
        return (mode & TYPE) == 0120000;
    }

    /** Permission bits only, such as {@code 0755}. */
    public int permissions() {
        return mode & 07777;
    }
}
