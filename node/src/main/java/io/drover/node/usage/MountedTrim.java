package io.drover.node.usage;

import io.drover.core.error.StorageException;
import io.drover.core.sys.Errno;
import io.drover.core.sys.FileSystemCalls;
import io.drover.core.sys.MountCalls;
import io.drover.core.sys.SystemCallException;
import io.drover.node.device.LoopDevice;
import io.drover.node.device.LoopDevices;
import io.drover.node.device.VolumeImages;
import io.drover.node.mount.MountTable;
import io.drover.node.replica.ReplicaId;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;

/** Discards the free space of file systems that are mounted from volumes. */
public final class MountedTrim {
    private final VolumeImages images;
    private final LoopDevices devices;
    private final MountCalls mounts;
    private final FileSystemCalls fileSystems;

    public MountedTrim(VolumeImages images, LoopDevices devices, MountCalls mounts, FileSystemCalls fileSystems) {
        this.images = images;
        this.devices = devices;
        this.mounts = mounts;
        this.fileSystems = fileSystems;
    }

    /**
     * Trims.
     *
     * @return how much, as the file system counts; empty if none is mounted for writing
     * @throws StorageException UNSUPPORTED if the file system cannot; UNAVAILABLE if the kernel refuses
     */
    public OptionalLong trim(ReplicaId id) {
        Path image = images.head(id.disk(), id.volume()).image();
        try {
            MountTable table = new MountTable(mounts.mounts());
            for (LoopDevice device : devices.on(image)) {
                Optional<Path> mounted =
                        device.readOnly() ? Optional.empty() : table.writableOn(device.path(), device.deviceNumber());
                if (mounted.isPresent()) {
                    return OptionalLong.of(fileSystems.trim(mounted.get()));
                }
            }
            return OptionalLong.empty();
        } catch (SystemCallException e) {
            String problem = "cannot trim the file system of volume " + id.volume() + ": " + e.getMessage();
            throw e.is(Errno.EOPNOTSUPP)
                    ? StorageException.unsupported(problem)
                    : StorageException.unavailable(problem);
        }
    }
}
