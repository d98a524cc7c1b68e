package io.drover.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.core.exec.ChildProcess;
import io.drover.core.sys.LinuxSystemCalls;
import io.drover.sandbox.Leftovers;
import io.drover.sandbox.Sandbox;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

@Tag("root")
class DemoIT {
    private final StringWriter text = new StringWriter();

    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @BeforeEach
    void makeDirectory() throws IOException {
        // Not a @TempDir: should the demo leave a mount, deleting through it is the last thing wanted.
        directory = Files.createTempDirectory(Path.of("/var/tmp"), "drover-it-");
    }

    @AfterEach
    void removeDirectory() throws IOException, InterruptedException {
        List<String> left = new Leftovers(LinuxSystemCalls.create(), directory).remove();
        if (left.isEmpty()) {
            try (Stream<Path> kept = Files.list(directory)) {
                for (Path sandbox : kept.toList()) {
                    Sandbox.removeKept(sandbox, LinuxSystemCalls.create());
                }
            }
            Files.delete(directory);
        }
    }

    @ParameterizedTest
    @CsvSource({"btrfs, ext4", "xfs, xfs"})
    void everyCheckHoldsAndNothingIsLeft(String engine, String fileSystem) throws IOException {
        int exit = run("--engine", engine, "--fs", fileSystem, "--size", "512Mi");

        // The refused revert's code is FAILED_PRECONDITION, which is as it should be.
        assertThat(text.toString())
                .contains("All 21 checks held")
                .doesNotContainPattern("FAILED(?!_PRECONDITION)")
                .doesNotContain("\u001b");
        assertThat(exit).as(text.toString()).isZero();
        assertThat(new Leftovers(LinuxSystemCalls.create(), directory).describe())
                .isEmpty();
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void whatIsKeptCanBeRemoved() throws IOException {
        int exit = run("--keep", "--size", "512Mi");

        assertThat(exit).as(text.toString()).isZero();
        assertThat(new Leftovers(LinuxSystemCalls.create(), directory).describe())
                .isNotEmpty();
        assertThat(run("--remove", onlyEntry().toString())).isZero();
        assertThat(new Leftovers(LinuxSystemCalls.create(), directory).describe())
                .isEmpty();
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void interruptedItLeavesNothing() throws IOException, InterruptedException {
        Leftovers leftovers = new Leftovers(LinuxSystemCalls.create(), directory);
        List<String> arguments = List.of(
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                "io.drover.app.Main",
                "demo",
                "--dir",
                directory.toString());
        Path log = Files.createTempFile("drover-it-", ".log");
        try (ChildProcess demo =
                ChildProcess.start(Path.of(System.getProperty("java.home"), "bin", "java"), arguments, log)) {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> leftovers.mountPoints().stream()
                            .anyMatch(mount -> mount.toString().contains("/kubelet/pods/")));

            boolean ended = demo.terminate(Duration.ofSeconds(60));

            assertThat(ended).isTrue();
            assertThat(demo.exitCode().orElse(0)).isNotZero();
            assertThat(Files.readString(log)).contains("interrupted: cleaning up");
            assertThat(leftovers.describe()).isEmpty();
            assertThat(directory).isEmptyDirectory();
        } finally {
            Files.delete(log);
        }
    }

    private Path onlyEntry() throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.findFirst().orElseThrow();
        }
    }

    private int run(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        if (!all.contains("--remove")) {
            all.addAll(List.of("--dir", directory.toString()));
        }
        return new CommandLine(new DemoCommand())
                .setOut(new PrintWriter(text))
                .setErr(new PrintWriter(text))
                .execute(all.toArray(String[]::new));
    }
}
