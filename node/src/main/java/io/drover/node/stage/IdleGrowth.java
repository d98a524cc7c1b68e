package io.drover.node.stage;

import io.drover.core.error.StorageException;
import io.drover.core.model.FileSystemType;
import io.drover.core.model.VolumeId;
import io.drover.core.sys.BlockDeviceCalls;
import io.drover.core.sys.Mount;
import io.drover.core.sys.MountCalls;
import io.drover.core.sys.MountFlag;
import io.drover.core.sys.SystemCallException;
import io.drover.node.device.LoopDevice;
import io.drover.node.filesystem.FileSystems;
import io.drover.node.mount.MountOptions;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Grows an ext4 file system where the kernel refuses to grow it while mounted: unmounts it everywhere for a moment, if nobody works in
 * it, and mounts it again as it was. Only for programs that run without CAP_SYS_RESOURCE, and for file systems with recorded errors.
 */
final class IdleGrowth {
    private static final Logger log = LoggerFactory.getLogger(IdleGrowth.class);

    private final VolumePaths paths;
    private final MountCalls mounts;
    private final BlockDeviceCalls blockDevices;
    private final FileSystems fileSystems;

    IdleGrowth(StageParts parts) {
        this.paths = parts.paths();
        this.mounts = parts.mounts();
        this.blockDevices = parts.blockDevices();
        this.fileSystems = parts.fileSystems();
    }

    /**
     * Grows to the size of the device.
     *
     * @throws StorageException IN_USE if somebody works in the file system, which is left as it was
     */
    void grow(VolumeId volume, LoopDevice device) {
        List<Mount> before = paths.mountsOf(device);
        List<Mount> unmounted = new ArrayList<>();
        try {
            for (Mount mount : before.reversed()) {
                mounts.unmount(mount.target(), Set.of());
                unmounted.addFirst(mount);
            }
            if (blockDevices.isHeld(device.path())) {
                throw inUse(volume);
            }
            fileSystems.growUnmounted(device);
            log.atWarn()
                    .addKeyValue("volume", volume)
                    .log("grown while unmounted for a moment; with CAP_SYS_RESOURCE it would grow while mounted");
        } catch (SystemCallException e) {
            throw inUse(volume);
        } finally {
            restore(device, before, unmounted);
        }
    }

    private void restore(LoopDevice device, List<Mount> before, List<Mount> unmounted) {
        for (Mount mount : unmounted) {
            Mount first = before.getFirst();
            if (unmounted.size() == before.size() && mount.equals(first)) {
                List<String> data = new ArrayList<>(first.superOptions());
                data.removeAll(List.of("rw", "ro"));
                fileSystems.mount(
                        FileSystemType.EXT4,
                        device,
                        first.target(),
                        new MountOptions(MountOptions.flagsOf(first.options()), data));
            } else {
                Set<MountFlag> flags = EnumSet.noneOf(MountFlag.class);
                flags.addAll(MountOptions.flagsOf(mount.options()));
                mounts.bind(first.target(), mount.target(), flags);
            }
        }
    }

    private static StorageException inUse(VolumeId volume) {
        return StorageException.inUse("cannot grow the file system (ext4) of volume " + volume
                + " while it is in use: the kernel does not let this program; run Drover with CAP_SYS_RESOURCE, or stop "
                + "what works in the volume and call again");
    }
}
