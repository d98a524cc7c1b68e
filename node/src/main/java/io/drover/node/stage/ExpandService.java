package io.drover.node.stage;

import io.drover.core.error.ErrorCode;
import io.drover.core.error.StorageException;
import io.drover.core.fault.FaultPoints;
import io.drover.core.guard.OperationGuard;
import io.drover.core.model.ByteSize;
import io.drover.core.model.FileSystemType;
import io.drover.core.model.VolumeId;
import io.drover.core.sys.Mount;
import io.drover.node.device.LoopDevice;
import io.drover.node.device.LoopDevices;
import io.drover.node.device.VolumeImage;
import io.drover.node.filesystem.FileSystems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Lets a volume in use have the size that its image was given: first its devices, then its file system. */
public final class ExpandService {
    private final OperationGuard guard;
    private final VolumePaths paths;
    private final LoopDevices devices;
    private final FileSystems fileSystems;
    private final IdleGrowth idleGrowth;
    private final BlockStaging blocks;
    private final FaultPoints faults;

    public ExpandService(StageParts parts) {
        this.guard = parts.guard();
        this.paths = parts.paths();
        this.devices = parts.devices();
        this.fileSystems = parts.fileSystems();
        this.idleGrowth = new IdleGrowth(parts);
        this.blocks = new BlockStaging(parts);
        this.faults = parts.faults();
    }

    /**
     * Grows, while the workload runs on. Already that large: success. A file system that is staged read-only grows when it is next
     * staged for writing.
     *
     * @param path where the volume is staged or published
     * @param atLeast what the caller needs; 0 = whatever the image has
     * @return the size of the volume's device
     * @throws StorageException NOT_FOUND if the volume is not at the path, OUT_OF_RANGE if the image is smaller than needed
     */
    public ByteSize expand(VolumeId volume, Path path, ByteSize atLeast) {
        try (var _ = guard.enter("expand", volume.value())) {
            VolumeImage image = paths.image(volume, Optional.empty());
            LoopDevice shown = deviceAt(volume, path);
            long size = sizeOf(image);
            if (atLeast.bytes() > size) {
                throw StorageException.outOfRange("cannot expand volume " + volume + " on this host to " + atLeast
                        + ": its image has " + new ByteSize(size) + "; expand the volume on the controller first");
            }
            for (LoopDevice device : paths.devicesOn(image)) {
                devices.refreshSize(device);
            }
            faults.reach("expand.device-grown");
            growFileSystem(volume, image);
            faults.reach("expand.file-system-grown");
            return new ByteSize(
                    devices.find(shown.number()).map(LoopDevice::sizeBytes).orElse(size));
        }
    }

    private LoopDevice deviceAt(VolumeId volume, Path path) {
        Path canonical = VolumePaths.canonical(path).orElseThrow(() -> notAt(volume, path));
        return switch (paths.look(canonical, volume)) {
            case PathState.ShowsFileSystem(Mount _, LoopDevice device) -> device;
            case PathState.ShowsDevice(Mount _, LoopDevice device) -> device;
            case PathState.ShowsOther _ -> throw notAt(volume, path);
            case PathState.Unmounted _ ->
                blocks.boundAt(canonical.resolve(VolumePaths.DEVICE_FILE), volume)
                        .orElseThrow(() -> notAt(volume, path));
        };
    }

    private void growFileSystem(VolumeId volume, VolumeImage image) {
        for (LoopDevice device : paths.devicesOn(image)) {
            Optional<Mount> writable = paths.visibleMountsOf(device).stream()
                    .filter(mount -> !mount.isReadOnly())
                    .findFirst();
            if (writable.isPresent()
                    && !fileSystems.grow(
                            FileSystemType.parse(writable.get().type()),
                            device,
                            writable.get().target())) {
                idleGrowth.grow(volume, device);
            }
        }
    }

    private static StorageException notAt(VolumeId volume, Path path) {
        return new StorageException(
                ErrorCode.NOT_FOUND, "volume " + volume + " is neither staged nor published at " + path);
    }

    private static long sizeOf(VolumeImage image) {
        try {
            return Files.size(image.image());
        } catch (IOException e) {
            throw StorageException.internal("cannot read the size of " + image.image() + ": " + e, e);
        }
    }
}
