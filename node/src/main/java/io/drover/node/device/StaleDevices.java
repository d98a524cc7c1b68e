package io.drover.node.device;

import io.drover.core.error.StorageException;
import io.drover.core.sys.BlockDeviceCalls;
import io.drover.core.sys.MountCalls;
import io.drover.core.sys.SystemCallException;
import io.drover.node.mount.MountTable;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds volume devices that an ended process left behind, and takes them away: ours, and used by nobody. Runs when the program starts,
 * after the disks were opened and before the first call is served. What is in doubt stays.
 */
public final class StaleDevices {
    private static final Logger log = LoggerFactory.getLogger(StaleDevices.class);

    private final LoopDevices devices;
    private final OwnDevices own;
    private final DeviceUses uses;
    private final MountCalls mounts;
    private final BlockDeviceCalls blockDevices;

    public StaleDevices(
            LoopDevices devices, OwnDevices own, DeviceUses uses, MountCalls mounts, BlockDeviceCalls blockDevices) {
        this.devices = devices;
        this.own = own;
        this.uses = uses;
        this.mounts = mounts;
        this.blockDevices = blockDevices;
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
        return own.list().stream()
                .filter(device -> uses.of(device, table).isEmpty())
                .filter(device -> !blockDevices.isHeld(device.path()))
                .toList();
    }
}
