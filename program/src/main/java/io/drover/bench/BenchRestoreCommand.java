package io.drover.bench;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

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

    @Mixin
    private TransferOptions transfers = new TransferOptions();

    @Override
    public Integer call() throws IOException, InterruptedException {
        BenchPlace place = options.place();
        options.print(place, new RestoreBench(place, transfers.effort(options.quick())).run(options.engines()));
        return 0;
    }
}
