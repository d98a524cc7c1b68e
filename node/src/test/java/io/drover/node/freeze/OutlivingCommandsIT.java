package io.drover.node.freeze;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.drover.core.exec.Command;
import io.drover.core.exec.DetachedCommands;
import io.drover.core.exec.LocalCommandRunner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** With the kernel's cgroups: what was started inside of a group, as in a container, is not in it any more. */
@Tag("root")
class OutlivingCommandsIT {
    private static final List<Path> HIERARCHIES = List.of(Path.of("/sys/fs/cgroup"), Path.of("/sys/fs/cgroup/pids"));
    private static final Command SLEEP = Command.of("wait", Duration.ofMinutes(1), "sleep", List.of("60"));

    @Test
    void programLeavesTheGroupItWasStartedIn() throws Exception {
        Path hierarchy = hierarchy();
        Path group = Files.createTempDirectory(hierarchy, "drover-test-");
        try {
            DetachedCommands inside =
                    command -> enter(LocalCommandRunner.ofHost().start(command), group);

            ProcessHandle process = new OutlivingCommands(inside).start(SLEEP);

            try {
                assertThat(Files.readAllLines(group.resolve("cgroup.procs"))).isEmpty();
                assertThat(Files.readAllLines(hierarchy.resolve("cgroup.procs")))
                        .contains("" + process.pid());
            } finally {
                process.destroyForcibly();
                process.onExit().get(10, TimeUnit.SECONDS);
            }
        } finally {
            Files.delete(group);
        }
    }

    private static ProcessHandle enter(ProcessHandle process, Path group) {
        try {
            Files.writeString(group.resolve("cgroup.procs"), Long.toString(process.pid()));
            assertThat(Files.readAllLines(group.resolve("cgroup.procs"))).containsExactly("" + process.pid());
            return process;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path hierarchy() {
        Stream<Path> usable = HIERARCHIES.stream().filter(folder -> Files.isWritable(folder.resolve("cgroup.procs")));
        List<Path> found = usable.toList();
        assumeTrue(!found.isEmpty(), "SKIPPED: the cgroups of this machine cannot be written");
        return found.getFirst();
    }
}
