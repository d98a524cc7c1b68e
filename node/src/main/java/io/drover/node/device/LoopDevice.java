package io.drover.node.device;

import io.drover.core.sys.DeviceNumber;
import io.drover.core.sys.FileStatus;
import io.drover.core.sys.LoopCalls;
import java.nio.file.Path;

/**
 * A loop device that has a backing file.
 *
 * @param number 3 for {@code /dev/loop3}
 * @param backingDevice of the file system that holds the backing file
 * @param backingInode of the backing file
 * @param backingFile its path as the kernel shows it, for people
 * @param deleted whether that file has no name any more
 * @param leaving whether the kernel takes the backing file off as soon as the last user is gone
 */
public record LoopDevice(
        int number,
        LoopLabel label,
        DeviceNumber backingDevice,
        long backingInode,
        Path backingFile,
        boolean deleted,
        boolean readOnly,
        boolean directIo,
        boolean leaving,
        long sizeBytes) {
    /** Major number of all loop devices (Documentation/admin-guide/devices.txt). */
    public static final int MAJOR = 7;

    /** The device node. */
    public Path path() {
        return LoopCalls.device(number);
    }

    /** Whether this file is the backing file. */
    public boolean isOn(FileStatus file) {
        return backingInode == file.inode() && backingDevice.equals(file.device());
    }

    public DeviceNumber deviceNumber() {
        return new DeviceNumber(MAJOR, number);
    }
}
