package io.drover.node.freeze;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.core.exec.Command;
import io.drover.core.exec.LocalCommandRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutlivingCommandsTest {
    private static final Command SLEEP = Command.of("wait", Duration.ofMinutes(1), "sleep", List.of("60"));

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path cgroups;

    @Test
    void programMovesToTheTopOfEachHierarchy() throws IOException {
        Path cpu = members(cgroups.resolve("cpu"));
        Path unified = members(cgroups.resolve("unified"));
        Files.createDirectory(cgroups.resolve("no-hierarchy"));

        String pid = started();

        assertThat(cpu).content().isEqualTo(pid);
        assertThat(unified).content().isEqualTo(pid);
    }

    @Test
    void programMovesToTheTopOfTheOneHierarchyAndToNoGroupBelow() throws IOException {
        Files.createFile(cgroups.resolve("cgroup.controllers"));
        Path top = members(cgroups);
        Path group = members(cgroups.resolve("kubepods"));

        String pid = started();

        assertThat(top).content().isEqualTo(pid);
        assertThat(group).isEmptyFile();
    }

    @Test
    void programStartsWhereCgroupsAreOutOfReach() {
        assertThat(start(cgroups.resolve("absent"))).isNotEmpty();
    }

    private String started() {
        return start(cgroups);
    }

    private static String start(Path cgroups) {
        ProcessHandle process = new OutlivingCommands(LocalCommandRunner.ofHost(), cgroups).start(SLEEP);
        assertThat(process.isAlive()).isTrue();
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        return Long.toString(process.pid());
    }

    private static Path members(Path folder) throws IOException {
        return Files.createFile(Files.createDirectories(folder).resolve("cgroup.procs"));
    }
}
