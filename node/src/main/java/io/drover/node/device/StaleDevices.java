package io.drover.node.device;

import io.drover.core.error.StorageException;
import io.drover.core.sys.BlockDeviceCalls;
import io.drover.core.sys.FileCalls;
import io.drover.core.sys.FileStatus;
import io.drover.core.sys.MountCalls;
import io.drover.core.sys.SystemCallException;
import io.drover.node.mount.MountTable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds volume devices that an ended process left behind, and takes them away: ours, and used by nobody. Runs when the program starts,
 * after the disks were opened and before the first call is served. What is in doubt stays.
 */
public final class StaleDevices {
    private static final Logger log = LoggerFactory.getLogger(StaleDevices.class);

    private final LoopDevices devices;
    private final DeviceUses uses;
    private final MountCalls mounts;
    private final BlockDeviceCalls blockDevices;
    private final FileCalls files;
    private final VolumeImages images;

    public StaleDevices(
            LoopDevices devices,
            DeviceUses uses,
            MountCalls mounts,
            BlockDeviceCalls blockDevices,
            FileCalls files,
            VolumeImages images) {
        this.devices = devices;
        this.uses = uses;
        this.mounts = mounts;
        this.blockDevices = blockDevices;
        this.files = files;
        this.images = images;
    }

    /** Detaches all stale devices; one that cannot be detached is reported and does not stop the others. */
    public List<LoopDevice> detachAll() {
        List<LoopDevice> detached = new ArrayList<>();
        for (LoopDevice device : list()) {
            try {
                devices.detach(device);
                detached.add(device);
                log.atInfo()
                        .addKeyValue("device", device.path())
                        .addKeyValue("image", device.backingFile())
                        .log("stale device detached");
            } catch (StorageException | SystemCallException e) {
                log.atWarn().addKeyValue("device", device.path()).setCause(e).log("stale device could not be detached");
            }
        }
        return detached;
    }

    /** The devices that are ours, not mounted, not bound to a path, and not held by anybody. */
    public List<LoopDevice> list() {
        MountTable table = new MountTable(mounts.mounts());
        return devices.list().stream()
                .filter(device -> device.label().isOfVolume() && isOurs(device))
                .filter(device -> uses.of(device, table).isEmpty())
                .filter(device -> !blockDevices.isHeld(device.path()))
                .toList();
    }

    /**
     * The label alone proves nothing, since a second installation on this host uses the same ones. The path as the kernel shows it, or
     * the inode of the image that should be there, has to be on a disk of ours.
     */
    private boolean isOurs(LoopDevice device) {
        return images.roots().stream().anyMatch(root -> device.backingFile().startsWith(root) || isBelow(root, device));
    }

    /** The same file under another name of the disk: the kernel's path may come from a mount namespace that is no more. */
    private boolean isBelow(Path root, LoopDevice device) {
        Path shown = device.backingFile();
        for (int skip = 0; skip < shown.getNameCount(); skip++) {
            Path candidate = root.resolve(shown.subpath(skip, shown.getNameCount()));
            Optional<FileStatus> status = files.status(candidate);
            if (status.isPresent()
                    && status.get().inode() == device.backingInode()
                    && status.get().device().equals(device.backingDevice())) {
                return true;
            }
        }
        return false;
    }
}
