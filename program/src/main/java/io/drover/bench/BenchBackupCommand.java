package io.drover.bench;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

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

    @Mixin
    private TransferOptions transfers = new TransferOptions();

    @Override
    public Integer call() throws IOException, InterruptedException {
        BenchPlace place = options.place();
        options.print(place, new BackupBench(place, transfers.effort(options.quick())).run(options.engines()));
        return 0;
    }
}
