package io.drover.bench;

import io.drover.sandbox.Sandbox;
import io.drover.sandbox.TrialVolume;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What the driver costs while nothing happens: time to start, memory, processor. */
final class IdleBench {
    private static final long GIB = 1L << 30;
    private static final long MIB = 1L << 20;

    private final BenchPlace place;
    private final int volumes;
    private final Duration window;
    private final int starts;

    /**
     * Makes the bench.
     *
     * @param volumes that exist while it idles
     * @param window for which it is watched
     * @param starts of which the median is taken
     */
    IdleBench(BenchPlace place, int volumes, Duration window, int starts) {
        this.place = place;
        this.volumes = volumes;
        this.window = window;
        this.starts = starts;
    }

    /** Measures with a pool of this engine. */
    ResultTable run(String engine) throws IOException, InterruptedException {
        ResultTable table = new ResultTable("idle", "The driver, idle")
                .remark(
                        "Aims: at most 150 MB resident and less than 1 % of a core with 500 volumes, at most 1 s from start to serving.")
                .remark("Start: median of " + starts
                        + ", from the process's start to its first answer to Probe. Watched for " + window.toSeconds()
                        + " s.");
        try (Sandbox sandbox = place.sandbox(engine, 16 * GIB)) {
            place.progress().accept("starting an empty driver");
            sandbox.start();
            BenchPlace.allowAnySize(sandbox);
            measure(sandbox, 0, table.addRow());
            for (int i = 0; i < volumes; i++) {
                if (i % 100 == 0) {
                    place.progress().accept("making volumes: " + i + " of " + volumes);
                }
                sandbox.csi().createVolume("bench-idle-" + i, GIB, TrialVolume.fileSystem("ext4"));
            }
            measure(sandbox, volumes, table.addRow());
        }
        return table;
    }

    private void measure(Sandbox sandbox, int count, Map<String, Object> row) throws IOException, InterruptedException {
        List<Double> times = new ArrayList<>();
        for (int i = 0; i < starts; i++) {
            sandbox.stop();
            times.add(SnapshotBench.millis(sandbox.start()));
        }
        place.progress().accept("watching it with " + count + " volumes");
        // What a start leaves to do in the background belongs to the start.
        Thread.sleep(2000);
        Duration before = ProcessFigures.cpu(sandbox.pid());
        long begin = System.nanoTime();
        Thread.sleep(window);
        double used = ProcessFigures.cpu(sandbox.pid()).minus(before).toNanos();
        row.put("volumes", count);
        row.put("startMillis", Ratios.median(times));
        row.put("residentMegabytes", ProcessFigures.residentBytes(sandbox.pid()) / 1e6);
        row.put("residentMebibytes", ProcessFigures.residentBytes(sandbox.pid()) / (double) MIB);
        row.put("cpuPercent", 100 * used / (System.nanoTime() - begin));
    }
}
