package io.drover.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Rounds in which the parts and every kind of transfer are measured once each. Every second one goes backwards, so that whatever else the
 * machine does hits all of them. The first does not count: compilers and caches warm up.
 */
final class TransferRounds {
    /** Measures the parts of transfers. */
    interface Parts {
        /** Each once, in MiB per second by its name. */
        Map<String, Double> measure() throws IOException;

        /** Those of one kind of transfer. */
        PartSpeeds of(Map<String, Double> speeds, String what);
    }

    /** Does a transfer and measures it. */
    @FunctionalInterface
    interface Runner {
        TransferFigures run(RunSeries series, int round) throws IOException;
    }

    private static final List<Integer> CORES = List.of(1, 2);

    private final BenchPlace place;
    private final String what;
    private final int rounds;
    private final List<RunSeries> series = new ArrayList<>();
    private final PartsTable speeds = new PartsTable();

    /**
     * No rounds yet.
     *
     * @param what is measured, for whoever waits
     */
    TransferRounds(BenchPlace place, String what, int rounds) {
        this.place = place;
        this.what = what;
        this.rounds = rounds;
        for (String kind : BenchTargets.KINDS) {
            CORES.forEach(cores -> series.add(new RunSeries(kind, cores)));
        }
    }

    /** Measures all rounds. */
    void run(Parts parts, Runner runner) throws IOException {
        for (int round = 0; round <= rounds; round++) {
            place.progress().accept(what + ": " + (round == 0 ? "warming up" : "round " + round + " of " + rounds));
            Map<String, Double> measured = new LinkedHashMap<>();
            Map<RunSeries, TransferFigures> figures = new HashMap<>();
            List<RunSeries> order = new ArrayList<>(series);
            if (round % 2 == 0) {
                measured.putAll(parts.measure());
            } else {
                Collections.reverse(order);
            }
            for (RunSeries each : order) {
                figures.put(each, runner.run(each, round));
            }
            if (round % 2 == 1) {
                measured.putAll(parts.measure());
            }
            if (round > 0) {
                speeds.add(measured);
                series.forEach(
                        each -> each.add(Objects.requireNonNull(figures.get(each)), parts.of(measured, each.what())));
            }
        }
    }

    /** One with these cores for each kind of target. */
    List<RunSeries> series() {
        return series;
    }

    PartsTable speeds() {
        return speeds;
    }
}
