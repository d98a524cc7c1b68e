package io.drover.node.mount;

import io.drover.core.sys.DeviceNumber;
import io.drover.core.sys.Mount;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The mounts of one moment, with the questions that staging asks. Pure.
 *
 * @param mounts in the kernel's order: of two at one target the later one hides the earlier
 */
public record MountTable(List<Mount> mounts) {
    public MountTable {
        mounts = List.copyOf(mounts);
    }

    /** The mount that is seen at a path, if the path is a mount point. */
    public Optional<Mount> at(Path target) {
        return mounts.stream().filter(mount -> mount.target().equals(target)).reduce((earlier, later) -> later);
    }

    /** Whether nothing is mounted over it: a call on its target reaches it, and not something else. */
    public boolean isVisible(Mount mount) {
        return at(mount.target()).filter(top -> top.id() == mount.id()).isPresent();
    }

    /**
     * All mounts of the file system on a device, bind mounts of it included. btrfs shows an anonymous device number, so that its
     * mounts are known by the device's name.
     */
    public List<Mount> ofFileSystemOn(Path device, DeviceNumber number) {
        return mounts.stream().filter(mount -> isOn(mount, device, number)).toList();
    }

    /** Where the file system on a device is mounted for writing and seen; of several places, one. */
    public Optional<Path> writableOn(Path device, DeviceNumber number) {
        return ofFileSystemOn(device, number).stream()
                .filter(mount -> !mount.superOptions().contains("ro") && isVisible(mount))
                .map(Mount::target)
                .findFirst();
    }

    /** Whether the mount shows the file system on this device. */
    public static boolean isOn(Mount mount, Path device, DeviceNumber number) {
        return mount.device().equals(number)
                || mount.device().major() == 0 && mount.source().equals(device.toString());
    }

    /** Bind mounts of a file with this name, which may be device nodes. Only a look at the target tells for sure. */
    public List<Mount> ofFilesNamed(String name) {
        return mounts.stream()
                .filter(mount -> mount.root().endsWith("/" + name))
                .toList();
    }
}
