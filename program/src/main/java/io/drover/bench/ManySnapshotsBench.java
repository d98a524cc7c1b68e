package io.drover.bench;

import io.drover.sandbox.CsiClient;
import io.drover.sandbox.DirectWriter;
import io.drover.sandbox.Sandbox;
import io.drover.sandbox.TrialVolume;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Thousands of snapshots of one volume, taken one after the other while it is written. */
final class ManySnapshotsBench {
    private static final long GIB = 1L << 30;
    private static final long WRITTEN = 64L << 20;
    private static final int SHARE = 10;

    private final BenchPlace place;
    private final int count;

    ManySnapshotsBench(BenchPlace place, int count) {
        this.place = place;
        this.count = count;
    }

    /** Measures pools of these engines. */
    ResultTable run(List<String> engines) throws IOException, InterruptedException {
        ResultTable table = new ResultTable("many-snapshots", "Many snapshots of one volume")
                .remark(
                        "Aim: 10,000 snapshots of one volume. First and last: per second, in the first and the last tenth. "
                                + "A writer does 50 direct writes a second or less; \"stall\" is the longest that one of them took.");
        for (String engine : engines) {
            try (Sandbox sandbox = place.sandbox(engine, 32 * GIB)) {
                sandbox.start();
                measure(sandbox, engine, table);
            }
        }
        return table;
    }

    private void measure(Sandbox sandbox, String engine, ResultTable table) throws IOException {
        CsiClient csi = sandbox.csi();
        TrialVolume volume = csi.createVolume("bench-many", GIB, TrialVolume.block());
        Path device = sandbox.kubelet().attach(volume);
        place.fio().fill(device, WRITTEN);
        List<Double> times = new ArrayList<>();
        double stall;
        try (DirectWriter writer = DirectWriter.start(device, WRITTEN, Duration.ofMillis(20))) {
            for (int i = 0; i < count; i++) {
                if (i % 1000 == 0) {
                    place.progress().accept(engine + ": " + i + " of " + count + " snapshots");
                }
                String name = "many-" + i;
                times.add(SnapshotBench.millisOf(() -> csi.createSnapshot(name, volume.id())));
            }
            stall = SnapshotBench.millis(writer.longestWait());
            if (writer.failure() != null) {
                throw new IOException("the writer failed", writer.failure());
            }
        }
        Map<String, Object> row = table.addRow();
        row.put("engine", engine);
        row.put("snapshots", count);
        row.put("totalSeconds", sum(times) / 1000);
        row.put("firstPerSecond", rate(times.subList(0, Math.max(1, count / SHARE))));
        row.put("lastPerSecond", rate(times.subList(count - Math.max(1, count / SHARE), count)));
        row.put("medianMillis", Ratios.median(times));
        row.put(
                "longestMillis",
                times.stream().mapToDouble(Double::doubleValue).max().orElse(Double.NaN));
        row.put("stallMillis", stall);
        finish(sandbox, volume, row);
    }

    private void finish(Sandbox sandbox, TrialVolume volume, Map<String, Object> row) throws IOException {
        CsiClient csi = sandbox.csi();
        List<String> all = new ArrayList<>();
        row.put("listMillis", SnapshotBench.millisOf(() -> all.addAll(csi.snapshots(Optional.of(volume.id())))));
        if (all.size() != count) {
            throw new IOException(count + " snapshots were taken, " + all.size() + " are listed");
        }
        place.progress().accept("deleting " + count + " snapshots");
        double deletion = SnapshotBench.millisOf(() -> all.forEach(csi::deleteSnapshot));
        row.put("deletePerSecond", count * 1000 / deletion);
        sandbox.kubelet().detach(volume.id());
        csi.deleteVolume(volume.id());
    }

    private static double sum(List<Double> times) {
        return times.stream().mapToDouble(Double::doubleValue).sum();
    }

    private static double rate(List<Double> times) {
        return times.size() * 1000 / sum(times);
    }
}
