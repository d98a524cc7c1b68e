package io.drover.core.sys;

/**
 * What LOOP_GET_STATUS64 says of a loop device that has a backing file.
 *
 * @param number of the device: 3 for {@code /dev/loop3}
 * @param backingDevice the device of the file system that holds the backing file, as stat(2) gives it for the file
 * @param backingInode its inode number
 * @param name as given when it was made
 * @param directIo as now, which the kernel may have changed
 */
public record LoopStatus(
        int number,
        DeviceNumber backingDevice,
        long backingInode,
        String name,
        boolean readOnly,
        boolean directIo,
        boolean autoClear) {
    /** Whether this file is the backing file. */
    public boolean isOn(FileStatus file) {
        return backingInode == file.inode() && backingDevice.equals(file.device());
    }
}
