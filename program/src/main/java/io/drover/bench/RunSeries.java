package io.drover.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Runs of one kind of transfer, one of each round, with the parts as they were in the same round. */
final class RunSeries {
    private record Run(TransferFigures figures, PartSpeeds parts) {}

    private final String what;
    private final int cores;
    private final List<Run> runs = new ArrayList<>();

    /** No runs yet. */
    RunSeries(String what, int cores) {
        this.what = what;
        this.cores = cores;
    }

    void add(TransferFigures figures, PartSpeeds parts) {
        runs.add(new Run(figures, parts));
    }

    String what() {
        return what;
    }

    int cores() {
        return cores;
    }

    /** Of what the parts would reach one after the other, per core that it was given. */
    double ofSum() {
        return median(run -> run.figures().mibPerSecond() / cores / run.parts().oneAfterTheOther());
    }

    double ofSlowest() {
        return median(run -> run.figures().mibPerSecond() / run.parts().slowest());
    }

    /** How many times as fast as the other series, round by round. */
    double comparedWith(RunSeries base) {
        Ratios ratios = new Ratios();
        for (int i = 0; i < runs.size(); i++) {
            ratios.add(
                    base.runs.get(i).figures().mibPerSecond(),
                    runs.get(i).figures().mibPerSecond());
        }
        return ratios.median();
    }

    /** The most that the driver ever had resident, in units of 10^6. */
    double peakMegabytes() {
        return runs.stream().mapToLong(run -> run.figures().peakBytes()).max().orElse(0) / 1e6;
    }

    double otherCores() {
        return median(run -> run.figures().otherCores());
    }

    /** Fills a row: medians over the rounds. */
    void describe(Map<String, Object> row) {
        double[] speeds = runs.stream()
                .mapToDouble(run -> run.figures().mibPerSecond())
                .sorted()
                .toArray();
        row.put("cores", cores);
        row.put("mibPerSecond", median(run -> run.figures().mibPerSecond()));
        row.put("lowest", speeds[0]);
        row.put("highest", Arrays.stream(speeds).max().orElse(Double.NaN));
        row.put("mibPerCoreSecond", median(run -> run.figures().mibPerCoreSecond()));
        row.put("ofSum", ofSum());
        row.put("ofSlowest", ofSlowest());
        row.put("driverCores", median(run -> run.figures().cores()));
        row.put("benchCores", median(run -> run.figures().benchCores()));
        row.put("otherCores", otherCores());
        row.put("requestsPerGib", median(run -> run.figures().requestsPerGib()));
        row.put("peakMegabytes", peakMegabytes());
    }

    private double median(ToDoubleFunction<Run> figure) {
        return Ratios.median(runs.stream().mapToDouble(figure).boxed().toList());
    }
}
