package io.drover.node.device;

import io.drover.core.sys.FileCalls;
import io.drover.core.sys.FileStatus;
import io.drover.core.sys.Mount;
import io.drover.core.sys.MountCalls;
import io.drover.core.sys.SystemCallException;
import io.drover.node.mount.MountTable;
import java.util.ArrayList;
import java.util.List;

/** Where a device is in use: its file system is mounted there, or its node is bind-mounted there (a raw block volume). */
public final class DeviceUses {
    private final MountCalls mounts;
    private final FileCalls files;

    public DeviceUses(MountCalls mounts, FileCalls files) {
        this.mounts = mounts;
        this.files = files;
    }

    /** All mounts of the device that this process sees, in the kernel's order. */
    public List<Mount> of(LoopDevice device) {
        return of(device, new MountTable(mounts.mounts()));
    }

    /** As {@link #of(LoopDevice)}, with a table read before. */
    public List<Mount> of(LoopDevice device, MountTable table) {
        List<Mount> uses = new ArrayList<>(table.ofFileSystemOn(device.path(), device.deviceNumber()));
        String node = device.path().getFileName().toString();
        for (Mount mount : table.ofFilesNamed(node)) {
            if (isNodeOf(device, mount)) {
                uses.add(mount);
            }
        }
        return uses;
    }

    /** A hidden or unreadable target counts as a use: this only ever prevents a device from being taken away. */
    private boolean isNodeOf(LoopDevice device, Mount mount) {
        try {
            return files.status(mount.target())
                    .map(status -> isNode(device, status))
                    .orElse(true);
        } catch (SystemCallException e) {
            return true;
        }
    }

    private static boolean isNode(LoopDevice device, FileStatus status) {
        return status.isBlockDevice() && status.specialDevice().equals(device.deviceNumber());
    }
}
