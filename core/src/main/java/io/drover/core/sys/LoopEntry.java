package io.drover.core.sys;

import java.nio.file.Path;

/**
 * A loop device in sysfs that has a backing file.
 *
 * @param number of the device: 3 for {@code /dev/loop3}
 * @param backingFile the path as the kernel shows it, without the mark for deleted files; for people, and not proof of anything: the
 *     path is as seen from the mount namespace of whoever reads it
 * @param deleted whether the kernel marks the backing file as deleted (sysfs' {@code backing_file} ends with {@code (deleted)})
 * @param sizeBytes of the device
 */
public record LoopEntry(
        int number, String backingFile, boolean deleted, boolean directIo, boolean autoClear, long sizeBytes) {
    /** The device node. */
    public Path device() {
        return LoopCalls.device(number);
    }
}
