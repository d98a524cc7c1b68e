package io.drover.node.usage;

import io.drover.core.sys.BlockDeviceCalls;
import io.drover.core.sys.MountCalls;
import io.drover.node.device.LoopDevice;
import io.drover.node.device.LoopDevices;
import io.drover.node.freeze.Freeze;
import io.drover.node.freeze.Freezer;
import io.drover.node.mount.MountTable;
import io.drover.node.replica.Freezes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Freezes what is mounted on the devices of images, and flushes the devices that carry no mounted file system. */
public final class DeviceFreezes implements Freezes {
    private final LoopDevices devices;
    private final MountCalls mounts;
    private final BlockDeviceCalls blockDevices;
    private final Freezer freezer;
    private final Duration deadline;

    /**
     * Freezes and flushes.
     *
     * @param deadline after which writes go on whatever happens
     */
    public DeviceFreezes(
            LoopDevices devices, MountCalls mounts, BlockDeviceCalls blockDevices, Freezer freezer, Duration deadline) {
        this.devices = devices;
        this.mounts = mounts;
        this.blockDevices = blockDevices;
        this.freezer = freezer;
        this.deadline = deadline;
    }

    @Override
    public Hold whileFrozen(List<Path> images, Runnable action) {
        MountTable table = new MountTable(mounts.mounts());
        List<Path> mountPoints = new ArrayList<>();
        Set<Path> frozen = new HashSet<>();
        for (Path image : images) {
            for (LoopDevice device : devices.on(image)) {
                // One mount of it is enough: freezing holds the file system, not the mount.
                Optional<Path> mounted =
                        device.readOnly() ? Optional.empty() : table.writableOn(device.path(), device.deviceNumber());
                if (mounted.isPresent()) {
                    mountPoints.add(mounted.get());
                    frozen.add(image);
                }
                if (mounted.isEmpty() && !device.readOnly() && !device.leaving()) {
                    blockDevices.flush(device.path());
                }
            }
        }
        try (Freeze freeze = freezer.freeze(mountPoints, frozen, deadline)) {
            action.run();
            return new Hold(freeze.thaw(), frozen);
        }
    }
}
