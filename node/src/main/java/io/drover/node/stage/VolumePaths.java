package io.drover.node.stage;

import io.drover.core.error.ErrorCode;
import io.drover.core.error.StorageException;
import io.drover.core.model.DiskId;
import io.drover.core.model.VolumeId;
import io.drover.core.sys.DeviceNumber;
import io.drover.core.sys.FileCalls;
import io.drover.core.sys.FileStatus;
import io.drover.core.sys.LoopCalls;
import io.drover.core.sys.Mount;
import io.drover.core.sys.MountCalls;
import io.drover.core.sys.SystemCallException;
import io.drover.node.device.LoopDevice;
import io.drover.node.device.LoopDevices;
import io.drover.node.device.LoopLabel;
import io.drover.node.device.OwnDevices;
import io.drover.node.device.VolumeImage;
import io.drover.node.device.VolumeImages;
import io.drover.node.mount.MountTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Looks at paths and devices of a volume, each time anew, without changing anything. */
public final class VolumePaths {
    /** Where in the staging directory the device node of a raw block volume is bound. */
    static final String DEVICE_FILE = "device";

    private final LoopDevices devices;
    private final OwnDevices ownDevices;
    private final MountCalls mounts;
    private final FileCalls files;
    private final VolumeImages images;

    public VolumePaths(
            LoopDevices devices, OwnDevices ownDevices, MountCalls mounts, FileCalls files, VolumeImages images) {
        this.devices = devices;
        this.ownDevices = ownDevices;
        this.mounts = mounts;
        this.files = files;
        this.images = images;
    }

    /**
     * The volume's image.
     *
     * @throws StorageException NOT_FOUND if there surely is none
     */
    VolumeImage image(VolumeId volume, Optional<DiskId> disk) {
        return disk.map(id -> images.head(id, volume))
                .or(() -> images.find(volume))
                .orElseThrow(() -> StorageException.notFound("volume", volume.value()));
    }

    /** The device on the volume's image, made if there is none; as {@link LoopDevices#attach}. */
    LoopDevice attach(VolumeImage image, LoopLabel label, boolean readOnly) {
        return devices.attach(image.image(), label, readOnly, images.blockBytes(image));
    }

    /** What is seen at a path. */
    PathState look(Path path, VolumeId volume) {
        Optional<Mount> mount = new MountTable(mounts.mounts()).at(path);
        if (mount.isEmpty()) {
            return new PathState.Unmounted();
        }
        Optional<LoopDevice> mounted = loopNumber(mount.get()).flatMap(number -> own(number, volume));
        if (mounted.isPresent()) {
            return new PathState.ShowsFileSystem(mount.get(), mounted.get());
        }
        Optional<LoopDevice> node = deviceNode(path)
                .filter(number -> number.major() == LoopDevice.MAJOR)
                .flatMap(number -> own(number.minor(), volume));
        if (node.isPresent()) {
            return new PathState.ShowsDevice(mount.get(), node.get());
        }
        return new PathState.ShowsOther(mount.get());
    }

    /** The loop device whose file system is mounted; btrfs shows it by its name only. */
    private static Optional<Integer> loopNumber(Mount mount) {
        return mount.device().major() == LoopDevice.MAJOR
                ? Optional.of(mount.device().minor())
                : LoopCalls.number(Path.of(mount.source()))
                        .filter(number -> MountTable.isOn(
                                mount, LoopCalls.device(number), new DeviceNumber(LoopDevice.MAJOR, number)));
    }

    private Optional<LoopDevice> own(int number, VolumeId volume) {
        return devices.find(number).filter(device -> device.label().isOf(volume));
    }

    /** The devices on the image of the volume that were made for it. */
    List<LoopDevice> devicesOn(VolumeImage image) {
        return devices.on(image.image()).stream()
                .filter(device -> device.label().isOf(image.volume()))
                .toList();
    }

    /** Whether the device's image lies on a disk of ours. */
    boolean isOwn(LoopDevice device) {
        return ownDevices.list().contains(device);
    }

    /** All mounts of the file system on a device. */
    List<Mount> mountsOf(LoopDevice device) {
        return new MountTable(mounts.mounts()).ofFileSystemOn(device.path(), device.deviceNumber());
    }

    /** As {@link #mountsOf}, those that a call on their path reaches. */
    List<Mount> visibleMountsOf(LoopDevice device) {
        MountTable table = new MountTable(mounts.mounts());
        return table.ofFileSystemOn(device.path(), device.deviceNumber()).stream()
                .filter(table::isVisible)
                .toList();
    }

    /** The path as the table of mounts has it: links in its parents resolved. Empty if a parent is missing. */
    static Optional<Path> canonical(Path path) {
        Path parent = path.getParent();
        if (parent == null || path.getFileName() == null) {
            throw StorageException.invalid("the path " + path + " cannot be used for a volume; give one below /");
        }
        try {
            return Optional.of(parent.toRealPath().resolve(path.getFileName()));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new StorageException(
                    ErrorCode.UNAVAILABLE, "cannot look at " + parent + ": " + e + "; repair what is mounted there", e);
        }
    }

    /** As {@link #canonical}, of a staging path, which has to be a directory. */
    Path directory(Path path) {
        Optional<Path> canonical = canonical(path);
        if (canonical.isPresent() && Files.isDirectory(canonical.get())) {
            return canonical.get();
        }
        boolean mounted = canonical.flatMap(new MountTable(mounts.mounts())::at).isPresent();
        throw StorageException.inUse("cannot use the staging path " + path
                + (mounted
                        ? ": what is mounted there does not answer; stop the pods that use it and unstage the volume"
                        : ": it is not a directory; the caller has to make it"));
    }

    private Optional<DeviceNumber> deviceNode(Path path) {
        try {
            return files.status(path).filter(FileStatus::isBlockDevice).map(FileStatus::specialDevice);
        } catch (SystemCallException e) {
            return Optional.empty(); // a dead file system is mounted there, which is no device node
        }
    }
}
