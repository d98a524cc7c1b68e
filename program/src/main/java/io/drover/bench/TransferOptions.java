package io.drover.bench;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How much is carried, and how often. */
final class TransferOptions {
    @Option(
            names = "--size",
            paramLabel = "<size>",
            description = "Of the generated data (default: 4Gi; 512Mi with --quick).")
    private @Nullable String size;

    @Option(
            names = "--rounds",
            paramLabel = "<n>",
            description = "How often each is measured (default: 5; 2 with --quick).")
    private @Nullable Integer rounds;

    TransferEffort effort(boolean quick) {
        return TransferEffort.of(size, rounds, quick);
    }
}
