package io.drover.node.pool;

import io.drover.core.exec.Command;
import io.drover.core.exec.CommandRunner;
import io.drover.core.exec.LocalCommandRunner;
import io.drover.core.sys.Errno;
import io.drover.core.sys.LoopCalls;
import io.drover.core.sys.LoopSetup;
import io.drover.core.sys.SystemCallException;
import io.drover.core.sys.SystemCalls;
import io.drover.core.sys.UnmountFlag;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.awaitility.Awaitility;

/** A file system of its own for a test, on a loop device, below a new directory in {@code /var/tmp}. */
final class LoopFileSystem implements AutoCloseable {
    private final SystemCalls calls;
    private final CommandRunner runner = LocalCommandRunner.ofHost();
    private final String type;
    private final Path directory;
    private final Path top;
    private Path image;
    private int number = -1;
    private boolean mounted;

    LoopFileSystem(SystemCalls calls, String type, long sizeBytes, String... mkfsArguments) throws IOException {
        this.calls = calls;
        this.type = type;
        this.directory = Files.createTempDirectory(Path.of("/var/tmp"), "drover-it-");
        this.top = Files.createDirectory(directory.resolve("top"));
        this.image = directory.resolve("pool.img");
        try {
            calls.files().createFile(image, 0600);
            calls.files().resize(image, sizeBytes);
            List<String> arguments = new ArrayList<>(List.of(mkfsArguments));
            arguments.add("-q");
            arguments.add(image.toString());
            runner.run(Command.of("prepare the test", Duration.ofMinutes(1), "mkfs." + type, arguments));
            mount();
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /** Where it is mounted. */
    Path top() {
        return top;
    }

    void mount() {
        number = calls.loops().setUp(new LoopSetup(image, "drover-test", false, true, 512));
        calls.mounts()
                .mount(
                        LoopCalls.device(number).toString(),
                        top,
                        type,
                        Set.of(),
                        type.equals("btrfs") ? "commit=2" : "");
        mounted = true;
    }

    void unmount() {
        if (mounted) {
            Awaitility.await().atMost(Duration.ofMinutes(1)).until(this::unmounted);
            mounted = false;
        }
        if (number >= 0) {
            calls.loops().detach(number);
            Awaitility.await()
                    .atMost(Duration.ofMinutes(1))
                    .until(() -> calls.loops().status(number).isEmpty());
            number = -1;
        }
    }

    /** A scan of the host's udev may hold it for a moment. */
    private boolean unmounted() {
        try {
            calls.mounts().unmount(top, Set.of());
            return true;
        } catch (SystemCallException e) {
            if (e.is(Errno.EBUSY)) {
                return false;
            }
            throw e;
        }
    }

    /** As after the loss of power at this moment: what was not written to the device is gone. */
    void losePower() {
        Path later = directory.resolve("pool-after.img");
        calls.files().sync(image);
        runner.run(Command.of(
                "copy the pool", Duration.ofMinutes(2), "cp", "--sparse=always", image.toString(), later.toString()));
        unmount();
        image = later;
        mount();
    }

    @Override
    public void close() {
        try {
            unmount();
        } catch (RuntimeException e) {
            if (mounted) {
                calls.mounts().unmount(top, Set.of(UnmountFlag.DETACH));
            }
            throw e;
        } finally {
            runner.run(Command.of(
                    "clean up", Duration.ofMinutes(1), "rm", "-rf", "--one-file-system", directory.toString()));
        }
    }
}
