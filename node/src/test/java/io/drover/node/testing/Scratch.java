package io.drover.node.testing;

import io.drover.core.exec.Command;
import io.drover.core.exec.CommandRunner;
import io.drover.core.exec.LocalCommandRunner;
import io.drover.core.sys.LinuxSystemCalls;
import io.drover.core.sys.LoopCalls;
import io.drover.core.sys.LoopEntry;
import io.drover.core.sys.LoopSetup;
import io.drover.core.sys.Mount;
import io.drover.core.sys.MountFlag;
import io.drover.core.sys.SystemCalls;
import io.drover.core.sys.UnmountFlag;
import io.drover.core.time.Pause;
import io.drover.node.device.LoopDevices;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A directory of its own under {@code /var/tmp}, with loop devices and mounts in it. Closing unmounts everything below it, innermost
 * first, detaches every loop device with a backing file below it, and deletes it.
 */
public final class Scratch implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofMinutes(1);

    private final SystemCalls calls = LinuxSystemCalls.create();
    private final CommandRunner commands = LocalCommandRunner.ofHost();
    private final Path root;

    public Scratch() {
        try {
            root = Files.createTempDirectory(Path.of("/var/tmp"), "drover-it-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public SystemCalls calls() {
        return calls;
    }

    public CommandRunner commands() {
        return commands;
    }

    public Path root() {
        return root;
    }

    /** A new empty directory. */
    public Path directory(String name) {
        try {
            return Files.createDirectories(root.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The devices of the host, as Drover looks at them. */
    public LoopDevices devices() {
        return new LoopDevices(calls.loops(), calls.files(), Pause.SLEEP);
    }

    /** A sparse file of this size, made or given that size, with the folders above it. */
    public Path image(Path path, long sizeMebi) {
        directory(path.resolveSibling("").toString());
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            file.setLength(sizeMebi << 20);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return path;
    }

    /** A blank loop device of this size, sparse. */
    public Path device(String name, long sizeMebi) {
        Path image = image(root.resolve(name + ".img"), sizeMebi);
        return LoopCalls.device(calls.loops().setUp(new LoopSetup(image, "drover-it", false, false, 512)));
    }

    /** Makes a file system and mounts it. */
    public Path mounted(String name, String type, long sizeMebi) {
        Path device = device(name, sizeMebi);
        makeFileSystem(device, type);
        Path target = directory(name);
        calls.mounts().mount(device.toString(), target, type, Set.<MountFlag>of(), "");
        return target;
    }

    public void makeFileSystem(Path device, String type) {
        List<String> arguments = new ArrayList<>(
                switch (type) {
                    case "btrfs", "xfs" -> List.of("-q", "-f", "-K");
                    default -> List.of("-q", "-F");
                });
        arguments.add(device.toString());
        commands.run(Command.of("prepare a test", TIMEOUT, "mkfs." + type, arguments));
    }

    /** The mounts below this directory, innermost and latest first. */
    public List<Mount> mounts() {
        List<Mount> mounts = new ArrayList<>(calls.mounts().mounts().stream()
                .filter(mount -> mount.target().startsWith(root))
                .toList());
        return mounts.reversed();
    }

    /** The loop devices with a backing file below this directory. */
    public List<LoopEntry> loops() {
        return calls.loops().list().stream()
                .filter(loop -> loop.backingFile().startsWith(root + "/"))
                .toList();
    }

    @Override
    public void close() {
        mounts().forEach(mount -> calls.mounts().unmount(mount.target(), Set.of(UnmountFlag.DETACH)));
        loops().forEach(loop -> calls.loops().detach(loop.number()));
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
