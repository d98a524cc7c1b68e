package io.drover.node.freeze;

import io.drover.core.exec.Command;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The arguments of the process that thaws when nobody else did. It is {@code find}, which runs one program after the other without a
 * shell: {@code sleep}, then {@code fsfreeze} for each file system. The whole is done three times, since a freeze that had to wait for
 * writing may begin after the first time.
 */
final class FreezeGuard {
    private static final int ROUNDS = 3;

    /** GNU find's operator that goes on whatever the program before it said. */
    private static final String THEN = ",";

    private FreezeGuard() {}

    static Command command(List<Path> mountPoints, Duration deadline) {
        return Command.of("guard a frozen file system", deadline, "find", arguments(mountPoints, deadline));
    }

    /** With the pid, what tells the process from any other; empty if the host does not say. */
    static String started(ProcessHandle guard) {
        return guard.info().startInstant().map(Instant::toString).orElse("");
    }

    /** The guard that an earlier life of this program started, if it still runs. */
    static Optional<ProcessHandle> find(long pid, String started) {
        return ProcessHandle.of(pid)
                .filter(guard -> !started.isEmpty() && started(guard).equals(started));
    }

    /** Ends it, and only then what it waits for: the other way round it would thaw. */
    static void end(ProcessHandle guard) {
        List<ProcessHandle> children = guard.descendants().toList();
        guard.destroyForcibly();
        children.forEach(ProcessHandle::destroyForcibly);
    }

    static List<String> arguments(List<Path> mountPoints, Duration deadline) {
        List<String> arguments = new ArrayList<>(List.of("/", "-maxdepth", "0"));
        for (int round = 0; round < ROUNDS; round++) {
            if (round > 0) {
                arguments.add(THEN);
            }
            arguments.addAll(List.of("-exec", "sleep", Long.toString(Math.max(1, deadline.toSeconds())), ";"));
            for (Path mountPoint : mountPoints) {
                arguments.addAll(List.of(THEN, "-exec", "fsfreeze", "--unfreeze", mountPoint.toString(), ";"));
            }
        }
        return arguments;
    }
}
