package io.drover.node.stage;

import io.drover.core.error.ErrorCode;
import io.drover.core.error.StorageException;
import io.drover.core.fault.FaultPoints;
import io.drover.core.model.VolumeId;
import io.drover.core.sys.Mount;
import io.drover.core.sys.MountCalls;
import io.drover.core.sys.SystemCallException;
import io.drover.node.device.DeviceUses;
import io.drover.node.device.LoopDevice;
import io.drover.node.device.LoopDevices;
import io.drover.node.device.LoopLabel;
import io.drover.node.device.VolumeImage;
import io.drover.node.filesystem.FormattingIntent;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Device nodes bound to files. A staged raw block volume is seen in the table of mounts as its node at {@code <staging path>/device}:
 * a device without that is left over from an interrupted call.
 */
final class BlockStaging {
    private final VolumePaths paths;
    private final LoopDevices devices;
    private final DeviceUses uses;
    private final MountCalls mounts;
    private final FaultPoints faults;

    BlockStaging(StageParts parts) {
        this.paths = parts.paths();
        this.devices = parts.devices();
        this.uses = parts.uses();
        this.mounts = parts.mounts();
        this.faults = parts.faults();
    }

    /** Attaches the device and binds its node in the staging directory. */
    void stage(StageRequest request, VolumeImage image, Path stagingPath) {
        if (!(paths.look(stagingPath, request.volume()) instanceof PathState.Unmounted)) {
            throw StorageException.existsDifferent(
                    "cannot stage volume " + request.volume() + " as a raw block device at " + stagingPath
                            + ": a file system is mounted there; unstage it first");
        }
        Path file = stagingPath.resolve(VolumePaths.DEVICE_FILE);
        Optional<LoopDevice> staged = boundAt(file, request.volume());
        if (staged.isPresent()) {
            if (staged.get().readOnly() != request.isReadOnly()
                    || !paths.devicesOn(image).contains(staged.get())) {
                throw StorageException.existsDifferent("cannot stage volume " + request.volume() + " at " + stagingPath
                        + ": it is staged otherwise (" + staged.get().path() + "); unstage it first");
            }
            devices.refreshSize(staged.get());
            return;
        }
        LoopDevice device = paths.attach(
                image,
                request.isReadOnly() ? LoopLabel.readOnly(request.volume()) : LoopLabel.of(request.volume()),
                request.isReadOnly());
        boolean fresh = uses.of(device).isEmpty();
        try {
            faults.reach("stage.attached");
            requireNoFileSystem(request.volume(), device);
            new FormattingIntent(image.image()).clear();
            devices.refreshSize(device);
            bind(device, file);
            faults.reach("stage.mounted");
        } catch (RuntimeException e) {
            if (fresh) {
                devices.detach(device);
            }
            throw e;
        }
    }

    /** Takes the node out of the staging directory. */
    void unstage(VolumeId volume, Path stagingPath, Map<Integer, LoopDevice> found) {
        Path file = stagingPath.resolve(VolumePaths.DEVICE_FILE);
        Optional<LoopDevice> bound = boundAt(file, volume);
        while (bound.isPresent()) {
            found.put(bound.get().number(), bound.get());
            mounts.unmount(file, Set.of());
            bound = boundAt(file, volume);
        }
        try {
            if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                    && Files.size(file) == 0
                    && paths.look(stagingPath, volume) instanceof PathState.Unmounted) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw StorageException.internal(
                    "cannot unstage volume " + volume + ": cannot remove " + file + ": " + e, e);
        }
    }

    /** A device for reading that an interrupted call left may hold in its page cache what has been overwritten since. */
    void detachUnusedReader(VolumeImage image) {
        for (LoopDevice device : paths.devicesOn(image)) {
            if (device.readOnly() && uses.of(device).isEmpty()) {
                devices.detach(device);
            }
        }
    }

    /** Refuses to mount what is staged as a device. */
    void requireNotStaged(VolumeId volume, Path stagingPath) {
        boundAt(stagingPath.resolve(VolumePaths.DEVICE_FILE), volume).ifPresent(device -> {
            throw StorageException.existsDifferent("cannot stage volume " + volume + " as a file system at "
                    + stagingPath + ": it is staged as a raw block device (" + device.path() + "); unstage it first");
        });
    }

    /** The volume's device whose node is bound to a file. */
    Optional<LoopDevice> boundAt(Path file, VolumeId volume) {
        return paths.look(file, volume) instanceof PathState.ShowsDevice(Mount _, LoopDevice device)
                ? Optional.of(device)
                : Optional.empty();
    }

    /** Binds the device's node to a file, which is made if it is missing. */
    void bind(LoopDevice device, Path file) {
        try {
            Files.createFile(file);
        } catch (FileAlreadyExistsException e) {
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                throw new StorageException(
                        ErrorCode.IN_USE,
                        "cannot show " + device.path() + " at " + file + ": that is not a plain file; remove it",
                        e);
            }
        } catch (IOException e) {
            throw StorageException.internal("cannot show " + device.path() + " at " + file + ": " + e, e);
        }
        try {
            mounts.bind(device.path(), file, Set.of());
        } catch (SystemCallException e) {
            throw StorageException.internal("cannot show " + device.path() + " at " + file + ": " + e.getMessage(), e);
        }
    }

    private void requireNoFileSystem(VolumeId volume, LoopDevice device) {
        if (!paths.mountsOf(device).isEmpty()) {
            throw StorageException.existsDifferent(
                    "cannot stage volume " + volume + " as a raw block device: its file system is mounted at "
                            + paths.mountsOf(device).getFirst().target() + "; unstage that first");
        }
    }
}
