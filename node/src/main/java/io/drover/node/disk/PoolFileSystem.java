package io.drover.node.disk;

import io.drover.core.error.StorageException;
import io.drover.core.exec.Command;
import io.drover.core.exec.CommandRunner;
import io.drover.core.file.Directories;
import io.drover.core.model.DiskId;
import io.drover.core.sys.Mount;
import io.drover.core.sys.MountCalls;
import io.drover.core.sys.MountFlag;
import io.drover.core.sys.UnmountFlag;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The file systems that Drover makes for itself: made, mounted under one directory by uuid, unmounted. */
final class PoolFileSystem {
    private static final Duration MKFS_TIMEOUT = Duration.ofMinutes(10);

    private final CommandRunner commands;
    private final MountCalls mounts;
    private final Path mountsDirectory;

    PoolFileSystem(CommandRunner commands, MountCalls mounts, Path mountsDirectory) {
        this.commands = commands;
        this.mounts = mounts;
        this.mountsDirectory = mountsDirectory;
    }

    /** Makes the file system on a device or in a regular file; the caller has looked that nothing is lost by it. */
    void make(DiskEngine engine, Path target, DiskId id) {
        commands.run(command(engine, target, id));
    }

    static Command command(DiskEngine engine, Path target, DiskId id) {
        String purpose = "make " + engine.text() + " for disk " + id + " on " + target;
        // -f: the caller's probe decides, which knows more of interrupted work than the program does. -K: nothing is
        // discarded.
        return switch (engine) {
            case BTRFS ->
                Command.of(
                        purpose,
                        MKFS_TIMEOUT,
                        "mkfs.btrfs",
                        List.of("-q", "-f", "-K", "-U", id.value(), target.toString()));
            case XFS ->
                Command.of(
                        purpose,
                        MKFS_TIMEOUT,
                        "mkfs.xfs",
                        List.of("-q", "-f", "-K", "-m", "crc=1,reflink=1,uuid=" + id, target.toString()));
        };
    }

    /** Where the disk's file system is mounted, or will be. */
    Path target(DiskId id) {
        return mountsDirectory.resolve(id.value());
    }

    /** The mount of the disk, if there is one: found in the kernel's table, so that a restart picks it up. */
    Optional<Mount> find(DiskId id) {
        Path target = target(id);
        return mounts.mounts().stream()
                .filter(mount -> mount.target().equals(target))
                .reduce((lower, upper) -> upper);
    }

    /** Mounts a disk's file system unless it is mounted already. Returns where. */
    Path mount(DiskId id, DiskEngine engine, Path device, boolean discard) {
        Path target = target(id);
        Optional<Mount> there = find(id);
        if (there.isPresent()) {
            if (!there.get().type().equals(engine.text())) {
                throw StorageException.inUse(
                        "cannot mount disk " + id + ": " + target + " carries another file system ("
                                + there.get().type() + " of " + there.get().source() + "); unmount it");
            }
            return target;
        }
        Directories.create(target);
        mounts.mount(device.toString(), target, engine.text(), Set.of(MountFlag.NO_ATIME), options(engine, discard));
        return target;
    }

    /** Discards make the image file give its space back to the file system below. */
    private static String options(DiskEngine engine, boolean discard) {
        if (!discard) {
            return "";
        }
        return switch (engine) {
            case BTRFS -> "discard=async";
            case XFS -> "discard";
        };
    }

    /** Unmounts the disk's file system. Not mounted is no error. */
    void unmount(DiskId id) {
        while (find(id).isPresent()) {
            mounts.unmount(target(id), Set.of(UnmountFlag.NO_FOLLOW));
        }
    }

    /** The engine of a file system's type as blkid and mountinfo call it. */
    static Optional<DiskEngine> engineOf(String type) {
        return DiskEngine.ofText(type.toLowerCase(Locale.ROOT));
    }
}
