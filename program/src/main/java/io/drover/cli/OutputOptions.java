package io.drover.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How a command prints what it got. */
final class OutputOptions {
    /** The formats of {@code -o}. */
    enum Format {
        table,
        json,
        yaml
    }

    @Option(
            names = {"-o", "--output"},
            paramLabel = "table|json|yaml",
            defaultValue = "table",
            description = "How to print: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private Format format = Format.table;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @SuppressWarnings("NullAway.Init") // picocli sets the command
    OutputOptions() {}

    /** Prints any number of things. */
    <T> void list(Listing<T> listing, List<T> things, String whenNone) {
        if (format != Format.table) {
            structured(things.stream().map(listing::object).toList());
        } else if (things.isEmpty()) {
            out().println(whenNone);
        } else {
            out().print(listing.table(things));
        }
        out().flush();
    }

    /** Prints one thing; the text is made only for people. */
    <T> void one(Listing<T> listing, T thing, java.util.function.Supplier<String> text) {
        if (format == Format.table) {
            out().print(text.get());
        } else {
            structured(listing.object(thing));
        }
        out().flush();
    }

    /** Prints a line for people; programs that asked for JSON or YAML get nothing more than an empty object. */
    void done(String line) {
        if (format == Format.table) {
            out().println(line);
        }
        out().flush();
    }

    /** Prints what a person should know although the command succeeded; not among what programs read. */
    void warnings(List<String> warnings) {
        PrintWriter err = command.commandLine().getErr();
        warnings.forEach(warning -> err.println("warning: " + warning));
        err.flush();
    }

    private PrintWriter out() {
        return command.commandLine().getOut();
    }

    private void structured(Object value) {
        ObjectMapper mapper = format == Format.json
                ? new ObjectMapper()
                : new ObjectMapper(YAMLFactory.builder()
                        .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
                        .disable(YAMLGenerator.Feature.SPLIT_LINES)
                        .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
                        .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
                        .build());
        try {
            out().println(mapper.enable(SerializationFeature.INDENT_OUTPUT)
                    .writeValueAsString(value)
                    .stripTrailing());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a value of ours that has no JSON: " + e.getMessage(), e);
        }
    }
}
