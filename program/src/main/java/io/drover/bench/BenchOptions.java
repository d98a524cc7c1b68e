package io.drover.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.drover.cli.CommandFailure;
import io.drover.cli.ExitCode;
import io.drover.core.exec.Command;
import io.drover.core.exec.LocalCommandRunner;
import io.drover.core.sys.LinuxSystemCalls;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What the benches have in common: where, on which engines, how thorough, and how to print. */
final class BenchOptions {
    /** Which pools. */
    enum Engine {
        btrfs,
        xfs,
        both
    }

    /** The formats of {@code -o}. */
    enum Format {
        table,
        json
    }

    @Option(
            names = "--engine",
            paramLabel = "btrfs|xfs|both",
            defaultValue = "both",
            description = "File system of the pool (default: ${DEFAULT-VALUE}).")
    private Engine engine = Engine.both;

    @Option(names = "--quick", description = "A first impression in a minute or two instead of a measurement.")
    private boolean quick;

    @Option(
            names = "--dir",
            paramLabel = "<folder>",
            defaultValue = "/var/tmp",
            description = "Where to make the pool; its disk is what is measured (default: ${DEFAULT-VALUE}).")
    private Path directory = Path.of("/var/tmp");

    @Option(
            names = {"-o", "--output"},
            paramLabel = "table|json",
            defaultValue = "table",
            description = "How to print the results (default: ${DEFAULT-VALUE}).")
    private Format format = Format.table;

    @Option(names = "--output-file", paramLabel = "<file>", description = "Writes the results there too, as JSON.")
    private @Nullable Path outputFile;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @SuppressWarnings("NullAway.Init") // picocli sets the command
    BenchOptions() {}

    boolean quick() {
        return quick;
    }

    List<String> engines() {
        return engine == Engine.both ? List.of("btrfs", "xfs") : List.of(engine.name());
    }

    /**
     * Looks whether measuring is possible here, and makes the place for it.
     *
     * @throws CommandFailure if this is not root
     * @throws io.drover.core.exec.CommandFailed if fio is missing; names the package
     */
    BenchPlace place() throws IOException {
        if (!Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0)) {
            throw new CommandFailure(
                    ExitCode.FAILURE, "the bench makes loop devices and mounts, which needs root; run it with sudo");
        }
        LocalCommandRunner commands = LocalCommandRunner.ofHost();
        commands.run(Command.of("measure", Duration.ofSeconds(20), "fio", "--version"));
        PrintWriter progress = command.commandLine().getErr();
        return new BenchPlace(directory, LinuxSystemCalls.create(), commands, line -> {
            progress.println("bench: " + line);
            progress.flush();
        });
    }

    /** Prints, and writes the file if there is to be one. */
    void print(BenchPlace place, List<ResultTable> tables) throws IOException {
        Map<String, String> environment = BenchEnvironment.describe(place);
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("environment", environment);
        all.put("tables", tables.stream().map(ResultTable::asMap).toList());
        String json = json(all);
        if (outputFile != null) {
            Files.writeString(outputFile, json + "\n");
        }
        PrintWriter out = command.commandLine().getOut();
        if (format == Format.json) {
            out.println(json);
        } else {
            environment.forEach((key, value) -> out.println(key + ": " + value));
            tables.forEach(table -> out.print("\n" + table.render()));
        }
        out.flush();
    }

    private static String json(Map<String, Object> all) {
        try {
            return new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsString(all);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("results of ours that have no JSON: " + e.getMessage(), e);
        }
    }
}
