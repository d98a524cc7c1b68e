package io.drover.cli;

import picocli.CommandLine.Option;

/** In which target a backup lies. */
final class TargetOption {
    @Option(
            names = "--target",
            paramLabel = "<name or url>",
            defaultValue = "",
            description = "Where the backup lies (default: where it was made to, or the first target that has it).")
    private String name = "";

    String name() {
        return name;
    }
}
