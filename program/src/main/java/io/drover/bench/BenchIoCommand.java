package io.drover.bench;

import io.drover.core.model.ByteSize;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code drover bench io}. */
@Command(
        name = "io",
        description =
                "Compares a volume's I/O, before and after a snapshot, with a plain file of the same pool, by fio.",
        footer = {"", "Examples:", "  drover bench io --engine btrfs --quick"})
final class BenchIoCommand implements Callable<Integer> {
    @Mixin
    private BenchOptions options = new BenchOptions();

    @Option(
            names = "--size",
            paramLabel = "<size>",
            defaultValue = "1Gi",
            description = "Of file and volume (default: ${DEFAULT-VALUE}).")
    private String size = "1Gi";

    @Option(
            names = "--rounds",
            paramLabel = "<n>",
            description = "Pairs of runs for each figure (default: 7; 3 with --quick).")
    private @Nullable Integer rounds;

    @Override
    public Integer call() throws IOException, InterruptedException {
        BenchPlace place = options.place();
        boolean quick = options.quick();
        IoBench.Effort effort = new IoBench.Effort(
                ByteSize.parse(size).bytes(),
                rounds != null ? rounds : quick ? 3 : 7,
                Duration.ofMillis(quick ? 400 : 1500));
        options.print(place, List.of(new IoBench(place, effort).run(options.engines())));
        return 0;
    }
}
