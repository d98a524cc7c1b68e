package io.drover.node.filesystem;

import io.drover.core.error.ErrorCode;
import io.drover.core.error.StorageException;
import io.drover.core.exec.Command;
import io.drover.core.exec.CommandFailed;
import io.drover.core.exec.CommandResult;
import io.drover.core.exec.CommandRunner;
import io.drover.core.fault.FaultPoints;
import io.drover.core.model.FileSystemType;
import io.drover.core.sys.ExtentCalls;
import io.drover.core.sys.MountCalls;
import io.drover.core.sys.SystemCallException;
import io.drover.node.device.LoopDevice;
import io.drover.node.device.VolumeImage;
import io.drover.node.mount.MountOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is done to the file system of a volume, by the tools of its makers and by mount(2). Blocks; each step may be repeated. */
public final class FileSystems {
    private static final Logger log = LoggerFactory.getLogger(FileSystems.class);

    /** btrfs_ioctl_resize in fs/btrfs/ioctl.c answers EINVAL below this, even if nothing would change. */
    private static final long SMALLEST_BTRFS_GROWTH = 256L << 20;

    private final CommandRunner commands;
    private final MountCalls mounts;
    private final BlankCheck blankCheck;
    private final FaultPoints faults;

    public FileSystems(CommandRunner commands, MountCalls mounts, ExtentCalls extents, FaultPoints faults) {
        this.commands = commands;
        this.mounts = mounts;
        this.blankCheck = new BlankCheck(extents);
        this.faults = faults;
    }

    /**
     * Checks arguments for mkfs, separated by spaces.
     *
     * @throws StorageException INVALID
     */
    public static List<String> parameters(String text) {
        return FileSystemCommands.parameters(text);
    }

    /**
     * Looks at a device that is not mounted.
     *
     * @throws StorageException INTERNAL if that cannot be told: a probe that fails never means "blank"
     */
    public DeviceContent content(LoopDevice device, VolumeImage volume) {
        boolean zeros = blankCheck.isBlank(device.path(), volume.image());
        CommandResult result = run(ErrorCode.INTERNAL, FileSystemCommands.probe(device.path()));
        if (result.exit() == 0) {
            return ProbeOutput.read(result.output());
        }
        if (!result.errors().isBlank() || !result.output().isBlank()) {
            throw new StorageException(
                    ErrorCode.INTERNAL,
                    "cannot find out what " + device.path() + " carries: "
                            + result.errors().strip());
        }
        return zeros
                ? new DeviceContent.Blank()
                : new DeviceContent.Foreign("data that no file system is recognised in");
    }

    /**
     * Makes the file system on a device that {@link #content} found blank, or on which an earlier attempt was interrupted. If the
     * process ends inside, the next stage of the volume does it again.
     */
    public void make(FileSystemType type, List<String> parameters, LoopDevice device, VolumeImage volume) {
        FormattingIntent intent = new FormattingIntent(volume.image());
        intent.declare(type);
        faults.reach("stage.formatting-declared");
        run(ErrorCode.INVALID, FileSystemCommands.make(type, device.path(), device.sizeBytes(), parameters));
        faults.reach("stage.formatted");
        intent.clear();
        faults.reach("stage.formatting-cleared");
        log.atInfo()
                .addKeyValue("volume", volume.volume())
                .addKeyValue("device", device.path())
                .addKeyValue("fileSystem", type.text())
                .log("file system made");
    }

    /**
     * Makes a file system fit to be mounted: ext4 is checked, the others do so at their mount.
     *
     * @throws StorageException CORRUPT if a human has to repair it
     */
    public void check(FileSystemType type, LoopDevice device) {
        if (type != FileSystemType.EXT4) {
            return;
        }
        report(device, run(ErrorCode.INTERNAL, FileSystemCommands.check(device.path())));
    }

    private static void report(LoopDevice device, CommandResult result) {
        if (result.exit() >= FileSystemCommands.CHECK_FAILED) {
            throw StorageException.corrupt("the file system on " + device.path()
                    + " is damaged and was not mounted; run \"e2fsck -f " + device.path()
                    + "\" or go back to a snapshot. e2fsck says: " + head(result.output() + result.errors()));
        }
        if (result.exit() != 0) {
            log.atWarn()
                    .addKeyValue("device", device.path())
                    .addKeyValue("output", head(result.output()))
                    .log("the file system had errors, which were repaired");
        }
    }

    /**
     * Mounts. XFS is told not to mind another mounted file system of the same uuid, which a clone has.
     *
     * @throws StorageException INVALID if the file system refuses the options, CORRUPT if it is damaged
     */
    public void mount(FileSystemType type, LoopDevice device, Path target, MountOptions options) {
        MountOptions all = type == FileSystemType.XFS ? options.with("nouuid") : options;
        try {
            mounts.mount(device.path().toString(), target, type.text(), all.flags(), all.dataText());
        } catch (SystemCallException e) {
            throw explained(e, type, device, target, all);
        }
    }

    /**
     * Grows a mounted file system to the size of its device. Calling again changes nothing.
     *
     * @return false if the kernel does not let this program grow a mounted ext4: it wants CAP_SYS_RESOURCE, and a file system without
     *     recorded errors (ext4_resize_begin in fs/ext4/resize.c)
     */
    public boolean grow(FileSystemType type, LoopDevice device, Path mountPoint) {
        if (type == FileSystemType.BTRFS && device.sizeBytes() < SMALLEST_BTRFS_GROWTH) {
            requireFull(device, mountPoint);
            return true;
        }
        Command command = FileSystemCommands.grow(type, device.path(), mountPoint);
        try {
            commands.run(command);
            return true;
        } catch (CommandFailed e) {
            if (type == FileSystemType.EXT4 && e.errors().contains("Permission denied")) {
                return false;
            }
            throw failed(e, ErrorCode.INTERNAL);
        }
    }

    private static void requireFull(LoopDevice device, Path mountPoint) {
        try {
            if (Files.getFileStore(mountPoint).getTotalSpace() < device.sizeBytes()) {
                throw StorageException.outOfRange("cannot grow the file system (btrfs) on " + device.path()
                        + ": the kernel resizes btrfs to 256 MiB and more only; ask for that much");
            }
        } catch (IOException e) {
            throw StorageException.internal("cannot read the size of the file system at " + mountPoint + ": " + e, e);
        }
    }

    /** Grows a file system that is not mounted. XFS and btrfs need not be asked: they always grow while mounted. */
    public void growUnmounted(LoopDevice device) {
        report(device, run(ErrorCode.INTERNAL, FileSystemCommands.checkAll(device.path())));
        run(ErrorCode.INTERNAL, FileSystemCommands.grow(FileSystemType.EXT4, device.path(), device.path()));
    }

    private static StorageException explained(
            SystemCallException e, FileSystemType type, LoopDevice device, Path target, MountOptions options) {
        String what = "cannot mount " + device.path() + " (" + type.text() + ") at " + target + ": ";
        boolean plain = options.data().isEmpty() || options.data().equals(List.of("nouuid"));
        return switch (e.errno()) {
            case EINVAL ->
                plain
                        ? new StorageException(
                                ErrorCode.CORRUPT,
                                what + "the kernel finds no valid file system; see the kernel's log",
                                e)
                        : new StorageException(
                                ErrorCode.INVALID,
                                what + "the kernel refuses the options " + options.data() + "; see the kernel's log",
                                e);
            case EUCLEAN, EIO ->
                new StorageException(
                        ErrorCode.CORRUPT,
                        what + "the file system is damaged (" + e.errno() + "); repair it or go back to a snapshot",
                        e);
            case ENODEV ->
                new StorageException(
                        ErrorCode.UNSUPPORTED, what + "the kernel has no such file system; load its module", e);
            default -> StorageException.internal(what + e.getMessage(), e);
        };
    }

    private CommandResult run(ErrorCode onExit, Command command) {
        try {
            return commands.run(command);
        } catch (CommandFailed e) {
            throw failed(e, onExit);
        }
    }

    private static StorageException failed(CommandFailed e, ErrorCode onExit) {
        ErrorCode code = switch (e.reason()) {
            case TIMEOUT, INTERRUPTED -> ErrorCode.TIMEOUT;
            case MISSING -> ErrorCode.UNSUPPORTED;
            case NOT_STARTED -> ErrorCode.UNAVAILABLE;
            case EXIT -> onExit;
        };
        return new StorageException(code, String.valueOf(e.getMessage()), e);
    }

    private static String head(String text) {
        String line = text.strip().replace('\n', ' ');
        return line.length() > 300 ? line.substring(0, 300) + "…" : line;
    }
}
