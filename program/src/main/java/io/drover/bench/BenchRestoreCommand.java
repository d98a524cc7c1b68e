package io.drover.bench;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code drover bench restore}. */
@Command(
        name = "restore",
        description =
                "Measures restores on one core and on two beside GET, un-lz4, SHA-512 and writing by themselves, from an S3 server that "
                        + "costs next to nothing and from a directory, and checks what was restored, holes too.",
        footer = {
            "",
            "Examples:",
            "  drover bench restore --quick --engine btrfs",
            "  drover bench restore --size 20Gi --rounds 3 -o json --output-file restore.json"
        })
final class BenchRestoreCommand implements Callable<Integer> {
    @Mixin
    private BenchOptions options = new BenchOptions();

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

    @Override
    public Integer call() throws IOException, InterruptedException {
        BenchPlace place = options.place();
        TransferEffort effort = TransferEffort.of(size, rounds, options.quick());
        options.print(place, new RestoreBench(place, effort).run(options.engines()));
        return 0;
    }
}
