package io.drover.bench;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code drover bench snapshot}. */
@Command(
        name = "snapshot",
        description =
                "Measures snapshots, clones and deletions by size and by extents, the longest wait of a writer meanwhile, "
                        + "and thousands of snapshots of one volume.",
        footer = {"", "Examples:", "  drover bench snapshot --quick -o json"})
final class BenchSnapshotCommand implements Callable<Integer> {
    @Mixin
    private BenchOptions options = new BenchOptions();

    @Option(
            names = "--many",
            paramLabel = "<n>",
            description = "Snapshots of one volume (default: 10000; 300 with --quick; 0 = leave that out).")
    private @Nullable Integer many;

    @Override
    public Integer call() throws IOException, InterruptedException {
        BenchPlace place = options.place();
        boolean quick = options.quick();
        SnapshotBench.Effort effort = new SnapshotBench.Effort(
                quick ? List.of(1L, 1024L) : List.of(1L, 10L, 100L, 1024L),
                quick ? List.of(1_000L, 100_000L) : List.of(1_000L, 10_000L, 100_000L, 1_000_000L),
                quick ? 3 : 7);
        ResultTable single = new SnapshotBench(place, effort).run(options.engines());
        int count = many != null ? many : quick ? 300 : 10_000;
        List<ResultTable> tables = count == 0
                ? List.of(single)
                : List.of(single, new ManySnapshotsBench(place, count).run(options.engines()));
        options.print(place, tables);
        return 0;
    }
}
