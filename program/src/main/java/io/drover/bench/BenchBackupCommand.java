package io.drover.bench;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code drover bench backup}. */
@Command(
        name = "backup",
        description =
                "Measures full backups on one core and on two beside reading, SHA-512, lz4 and PUT by themselves, to an S3 server that "
                        + "drops what it gets and to a directory; what incremental backups read; requests, and memory.",
        footer = {
            "",
            "Examples:",
            "  drover bench backup --quick --engine btrfs",
            "  drover bench backup --size 20Gi --rounds 3 -o json --output-file backup.json"
        })
final class BenchBackupCommand implements Callable<Integer> {
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
        options.print(place, new BackupBench(place, effort).run(options.engines()));
        return 0;
    }
}
