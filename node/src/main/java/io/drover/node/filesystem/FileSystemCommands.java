package io.drover.node.filesystem;

import io.drover.core.error.StorageException;
import io.drover.core.exec.Command;
import io.drover.core.model.FileSystemType;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** The argument vectors of the tools for file systems. Pure. */
final class FileSystemCommands {
    /** blkid(8): nothing found. Also "cannot open", which is why the device is opened before. */
    static final int PROBE_FOUND_NOTHING = 2;

    /** e2fsck(8): the first code that leaves errors behind. */
    static final int CHECK_FAILED = 4;

    private static final long SMALLEST_WITH_LARGE_BLOCKS = 16L << 20;

    private static final Duration PROBE_TIMEOUT = Duration.ofMinutes(1);
    private static final Duration MAKE_TIMEOUT = Duration.ofMinutes(10);
    private static final Duration CHECK_TIMEOUT = Duration.ofMinutes(60);
    private static final Duration GROW_TIMEOUT = Duration.ofMinutes(10);

    private FileSystemCommands() {}

    /** A low-level probe, past every cache. */
    static Command probe(Path device) {
        return Command.of(
                        "find out what " + device + " carries",
                        PROBE_TIMEOUT,
                        "blkid",
                        "-p",
                        "-o",
                        "export",
                        device.toString())
                .expecting(0, PROBE_FOUND_NOTHING);
    }

    /**
     * Makes a file system, whatever is on the device. No discard before it: the image is blank, and thin by its holes. ext4 keeps no
     * blocks back for root, and fills its tables later; its blocks have 4 KiB wherever that leaves room for a journal, like
     * those of the file systems that hold the image.
     */
    static Command make(FileSystemType type, Path device, long sizeBytes, List<String> parameters) {
        List<String> arguments = new ArrayList<>(
                switch (type) {
                    case EXT4 ->
                        List.of("-F", "-q", "-m", "0", "-E", "nodiscard,lazy_itable_init=1,lazy_journal_init=1");
                    case XFS, BTRFS -> List.of("-f", "-q", "-K");
                });
        if (type == FileSystemType.EXT4 && sizeBytes >= SMALLEST_WITH_LARGE_BLOCKS) {
            arguments.addAll(List.of("-b", "4096"));
        }
        arguments.addAll(parameters);
        arguments.add(device.toString());
        return Command.of(
                "make a file system (" + type.text() + ") on " + device,
                MAKE_TIMEOUT,
                "mkfs." + type.text(),
                arguments);
    }

    /** Replays the journal and repairs what is safe to repair. Every exit code is an answer. */
    static Command check(Path device) {
        return Command.of("check the file system on " + device, CHECK_TIMEOUT, "e2fsck", "-p", device.toString())
                .expecting(IntStream.rangeClosed(0, 63).boxed().toArray(Integer[]::new));
    }

    /** Checks everything, as growing an ext4 file system that is not mounted asks for. Every exit code is an answer. */
    static Command checkAll(Path device) {
        return Command.of("check the file system on " + device, CHECK_TIMEOUT, "e2fsck", "-f", "-p", device.toString())
                .expecting(IntStream.rangeClosed(0, 63).boxed().toArray(Integer[]::new));
    }

    /** Grows a mounted file system to the size of its device. One that fills it already is left as it is. */
    static Command grow(FileSystemType type, Path device, Path mountPoint) {
        String purpose = "grow the file system (" + type.text() + ") on " + device;
        return switch (type) {
            case EXT4 -> Command.of(purpose, GROW_TIMEOUT, "resize2fs", device.toString());
            case XFS -> Command.of(purpose, GROW_TIMEOUT, "xfs_growfs", "-d", mountPoint.toString());
            case BTRFS ->
                Command.of(purpose, GROW_TIMEOUT, "btrfs", "filesystem", "resize", "max", mountPoint.toString());
        };
    }

    /**
     * Checks arguments for mkfs that a user gave, separated by spaces. Nothing in them may name another device or file.
     *
     * @throws StorageException INVALID
     */
    static List<String> parameters(String text) {
        List<String> words = List.of(text.strip().split("\\s+"));
        if (words.equals(List.of(""))) {
            return List.of();
        }
        for (String word : words) {
            if (!word.matches("[!-~]{1,200}")
                    || word.contains("/")
                    || word.contains("device=")
                    || word.contains("dev=")) {
                throw StorageException.invalid("mkfsParams has \"" + word.replaceAll("[^!-~]", "?")
                        + "\", which names a file or device, or is not plain text; leave it out");
            }
        }
        return words;
    }
}
