package io.drover.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code drover bench idle}. */
@Command(
        name = "idle",
        description =
                "Measures the driver's memory and processor time while nothing happens, and its start, with many volumes.",
        footer = {"", "Examples:", "  drover bench idle -o json"})
final class BenchIdleCommand implements Callable<Integer> {
    @Mixin
    private BenchOptions options = new BenchOptions();

    @Option(
            names = "--volumes",
            paramLabel = "<n>",
            defaultValue = "500",
            description = "How many volumes there are (default: ${DEFAULT-VALUE}).")
    private int volumes = 500;

    @Override
    public Integer call() throws IOException, InterruptedException {
        BenchPlace place = options.place();
        Duration window = Duration.ofSeconds(options.quick() ? 5 : 30);
        IdleBench bench = new IdleBench(place, volumes, window, options.quick() ? 3 : 7);
        options.print(place, List.of(bench.run(options.engines().getFirst())));
        return 0;
    }
}
