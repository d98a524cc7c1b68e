package io.drover.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.drover.core.exec.ChildProcess;
import io.drover.core.sys.LinuxSystemCalls;
import io.drover.sandbox.Leftovers;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** The benches of backups and restores on very little data: what they print, not how fast anything is. */
@Tag("root")
class MoverBenchIT {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @BeforeEach
    void makeDirectory() throws IOException {
        // Not a @TempDir: should the bench leave a mount, deleting through it is the last thing wanted.
        directory = Files.createTempDirectory(Path.of("/var/tmp"), "drover-it-");
    }

    @AfterEach
    void removeDirectory() throws IOException, InterruptedException {
        if (new Leftovers(LinuxSystemCalls.create(), directory).remove().isEmpty()) {
            Files.delete(directory);
        }
    }

    @Test
    void backupsAreMeasuredBesideTheirParts() throws IOException {
        JsonNode result = run("backup");

        assertThat(names(result)).containsExactly("backup-parts", "backup", "backup-incremental", "aims");
        assertThat(column(result, "backup-parts", "part"))
                .containsExactly("read", "SHA-512", "lz4", "PUT to null S3 server", "PUT to directory");
        assertThat(rows(result, "backup")).hasSize(4).allSatisfy(row -> {
            assertThat(fields(row))
                    .contains(
                            "target", "cores", "mibPerSecond", "mibPerCoreSecond", "ofSum", "ofSlowest", "otherCores");
            assertThat(row.get("mibPerSecond").asDouble()).isPositive();
            assertThat(row.get("mibPerCoreSecond").asDouble()).isPositive();
            assertThat(row.get("requestsPerGib").asDouble()).isPositive();
            assertThat(row.get("peakMegabytes").asDouble()).isBetween(50.0, 2000.0);
        });
        assertThat(rows(result, "backup-incremental")).hasSize(2).allSatisfy(row -> {
            assertThat(row.get("readPerChangedBlock").asDouble()).isEqualTo(1.0);
            assertThat(row.get("changedBlocksMib").asDouble()).isPositive();
        });
        assertThat(column(result, "aims", "verdict")).hasSize(7).containsAnyOf("reached", "missed");
        nothingIsLeft();
    }

    @Test
    void restoresAreMeasuredBesideTheirPartsAndChecked() throws IOException {
        JsonNode result = run("restore");

        assertThat(names(result)).containsExactly("restore-parts", "restore", "restore-content", "aims");
        assertThat(column(result, "restore-parts", "part"))
                .containsExactly("GET from null S3 server", "GET from directory", "un-lz4", "SHA-512", "write");
        assertThat(rows(result, "restore"))
                .hasSize(4)
                .allSatisfy(
                        row -> assertThat(row.get("mibPerSecond").asDouble()).isPositive());
        assertThat(rows(result, "restore-content")).hasSize(2).allSatisfy(row -> {
            assertThat(row.get("differentBlocks").asLong()).isZero();
            assertThat(row.get("allocatedOfData").asDouble()).isBetween(0.9, 1.1);
            assertThat(row.get("volumeMib").asDouble())
                    .isGreaterThan(row.get("dataMib").asDouble());
        });
        nothingIsLeft();
    }

    @Test
    void interruptedItLeavesNothing() throws IOException, InterruptedException {
        Leftovers leftovers = new Leftovers(LinuxSystemCalls.create(), directory);
        List<String> arguments = new ArrayList<>(List.of(
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                "io.drover.app.Main",
                "bench"));
        arguments.addAll(arguments("backup"));
        Path log = Files.createTempFile("drover-it-", ".log");
        try (ChildProcess bench =
                ChildProcess.start(Path.of(System.getProperty("java.home"), "bin", "java"), arguments, log)) {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> Files.readString(log).contains("warming up"));

            boolean ended = bench.terminate(Duration.ofSeconds(60));

            assertThat(ended).isTrue();
            assertThat(bench.exitCode().orElse(0)).isNotZero();
            assertThat(leftovers.describe()).isEmpty();
            assertThat(directory).isEmptyDirectory();
        } finally {
            Files.delete(log);
        }
    }

    private JsonNode run(String bench) throws IOException {
        int exit = new CommandLine(new BenchCommand())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments(bench).toArray(String[]::new));

        assertThat(exit).as(err.toString()).isZero();
        assertThat(err.toString()).contains("bench: btrfs: ");
        return new ObjectMapper().readTree(out.toString());
    }

    private List<String> arguments(String bench) {
        return List.of(
                bench,
                "--quick",
                "--size",
                "32Mi",
                "--rounds",
                "1",
                "--engine",
                "btrfs",
                "--dir",
                directory.toString(),
                "-o",
                "json");
    }

    private void nothingIsLeft() {
        assertThat(new Leftovers(LinuxSystemCalls.create(), directory).describe())
                .isEmpty();
        assertThat(directory).isEmptyDirectory();
    }

    private static List<String> names(JsonNode result) {
        List<String> names = new ArrayList<>();
        result.get("tables").forEach(table -> names.add(table.get("name").asText()));
        return names;
    }

    private static List<JsonNode> rows(JsonNode result, String name) {
        List<JsonNode> rows = new ArrayList<>();
        for (JsonNode table : result.get("tables")) {
            if (table.get("name").asText().equals(name)) {
                table.get("rows").forEach(rows::add);
            }
        }
        return rows;
    }

    private static List<String> column(JsonNode result, String name, String column) {
        return rows(result, name).stream().map(row -> row.get(column).asText()).toList();
    }

    private static Set<String> fields(JsonNode row) {
        Set<String> fields = new TreeSet<>();
        row.fieldNames().forEachRemaining(fields::add);
        return fields;
    }
}
