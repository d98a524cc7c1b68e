package io.drover.demo;

import io.drover.cli.CommandFailure;
import io.drover.cli.ExitCode;
import io.drover.core.error.StorageException;
import io.drover.core.model.ByteSize;
import io.drover.core.model.FileSystemType;
import io.drover.core.sys.LinuxSystemCalls;
import io.drover.core.sys.SystemCalls;
import io.drover.sandbox.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code drover demo}. */
@Command(
        name = "demo",
        description = {
            "Takes a real volume through its whole life on this host, in under a minute, and checks every step.",
            "",
            "Starts a throw-away driver with a disk in a sparse file, and through its CSI socket creates, mounts, snapshots while "
                    + "writing, reverts, clones, grows, survives a kill -9 of the driver, deletes. Needs root; leaves nothing behind."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  drover demo",
            "  drover demo --fs xfs --engine xfs --size 2Gi",
            "  drover demo --keep                 look around afterwards; it says how, and how to remove it"
        })
public final class DemoCommand implements Callable<Integer> {
    private static final ByteSize SMALLEST = ByteSize.ofMebi(512);

    @Option(
            names = "--size",
            paramLabel = "<size>",
            defaultValue = "1Gi",
            description = "Size of the volume (default: ${DEFAULT-VALUE}).")
    private String size = "1Gi";

    @Option(
            names = "--fs",
            paramLabel = "ext4|xfs|btrfs",
            defaultValue = "ext4",
            description = "File system on the volume (default: ${DEFAULT-VALUE}).")
    private String fileSystem = "ext4";

    @Option(
            names = "--engine",
            paramLabel = "btrfs|xfs",
            description = "File system of the pool (default: what the driver chooses, btrfs where the kernel has it).")
    private @Nullable String engine;

    @Option(
            names = "--dir",
            paramLabel = "<folder>",
            defaultValue = "/var/tmp",
            description = "Where to make the demo's own folder (default: ${DEFAULT-VALUE}).")
    private Path directory = Path.of("/var/tmp");

    @Option(
            names = "--keep",
            description = "Leave driver, volumes and mounts at the end, and say how to use and remove them.")
    private boolean keep;

    @Option(
            names = "--remove",
            paramLabel = "<folder>",
            description = "Only remove what an earlier demo --keep left in this folder.")
    private @Nullable Path remove;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec command;

    /** Made by picocli. */
    public DemoCommand() {}

    @Override
    public Integer call() throws IOException, InterruptedException {
        SystemCalls system = LinuxSystemCalls.create();
        requireRoot();
        if (remove != null) {
            return remove(remove, system);
        }
        Narration narration = new Narration(command.commandLine().getOut(), Narration.isForTerminal());
        return new Demo(options(), system, narration).run() ? ExitCode.OK : ExitCode.FAILURE;
    }

    private DemoOptions options() {
        ByteSize volume = ByteSize.parse(size);
        if (SMALLEST.isLargerThan(volume)) {
            throw StorageException.invalid(
                    "--size " + size + " is too small for the demo's files; give at least " + SMALLEST);
        }
        if (engine != null && !List.of("btrfs", "xfs").contains(engine)) {
            throw StorageException.invalid("--engine " + engine + " is not known; write btrfs or xfs");
        }
        return new DemoOptions(volume, FileSystemType.parse(fileSystem), Optional.ofNullable(engine), directory, keep);
    }

    private int remove(Path folder, SystemCalls system) throws IOException, InterruptedException {
        List<String> rest = Sandbox.removeKept(folder, system);
        if (!rest.isEmpty()) {
            throw new CommandFailure(
                    ExitCode.FAILURE,
                    "cannot remove " + folder + ": " + String.join(", ", rest) + " remain; end what uses them");
        }
        command.commandLine().getOut().println(folder + " is removed, with its driver, mounts and devices");
        return ExitCode.OK;
    }

    /** Loop devices and mounts need it; a message now is better than the tenth step's. */
    private static void requireRoot() throws IOException {
        Object user = Files.getAttribute(Path.of("/proc/self"), "unix:uid");
        if (!user.equals(0)) {
            throw new CommandFailure(
                    ExitCode.FAILURE,
                    "the demo makes loop devices and mounts, which needs root; run it as: sudo ./drover demo");
        }
    }
}
