package io.drover.bench;

import io.drover.core.sys.ExtentCalls;
import io.drover.csi.v1.VolumeCapability;
import io.drover.output.Figures;
import io.drover.sandbox.CsiClient;
import io.drover.sandbox.DirectWriter;
import io.drover.sandbox.Sandbox;
import io.drover.sandbox.TrialVolume;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What snapshots and clones take, by the size of the volume and by the number of extents of its image. */
final class SnapshotBench {
    private static final long GIB = 1L << 30;
    private static final long POOL = 48 * GIB;
    private static final long WRITTEN = 64L << 20;
    /** Scattered extents lie 8 KiB apart. */
    private static final long APART = 8192;

    /**
     * How thoroughly to measure.
     *
     * @param sizesGib sizes of mounted ext4 volumes, in GiB
     * @param extents numbers of extents of raw block volumes
     * @param repeats snapshots taken of each
     */
    record Effort(List<Long> sizesGib, List<Long> extents, int repeats) {}

    private final BenchPlace place;
    private final Effort effort;

    SnapshotBench(BenchPlace place, Effort effort) {
        this.place = place;
        this.effort = effort;
    }

    /** Measures pools of these engines. */
    ResultTable run(List<String> engines) throws IOException, InterruptedException {
        ResultTable table = new ResultTable("snapshot", "Snapshots and clones, by size and by extents")
                .remark("Aim: on btrfs no write waits more than 50 ms for a snapshot, at any size.")
                .remark(
                        "A writer does direct 4 KiB writes all the time. \"stall\" is the longest that one of them took while "
                                + effort.repeats()
                                + " snapshots were taken, \"without\" the longest in as much time without snapshots. Other times are medians.")
                .remark(
                        "By size: mounted ext4, frozen for the snapshot. By extents: raw block, every second 4 KiB written.");
        for (String engine : engines) {
            try (Sandbox sandbox = place.sandbox(engine, POOL)) {
                sandbox.start();
                BenchPlace.allowAnySize(sandbox);
                for (long gib : effort.sizesGib()) {
                    bySize(sandbox, engine, gib, table);
                }
                for (long extents : effort.extents()) {
                    byExtents(sandbox, engine, extents, table);
                }
            }
        }
        return table;
    }

    private void bySize(Sandbox sandbox, String engine, long gib, ResultTable table)
            throws IOException, InterruptedException {
        place.progress().accept(engine + ": snapshots of " + gib + " GiB");
        TrialVolume volume = create(sandbox, "size-" + gib, gib * GIB, TrialVolume.fileSystem("ext4"));
        Path file = Files.createFile(sandbox.kubelet().attach(volume).resolve("bench.data"));
        place.system().files().resize(file, WRITTEN);
        place.fio().fill(file, WRITTEN);
        measure(sandbox, engine, volume, file, WRITTEN, table);
    }

    private void byExtents(Sandbox sandbox, String engine, long extents, ResultTable table)
            throws IOException, InterruptedException {
        place.progress().accept(engine + ": snapshots of " + Figures.count(extents) + " extents");
        long size = Math.max(GIB, extents * APART);
        TrialVolume volume = create(sandbox, "extents-" + extents, size, TrialVolume.block());
        Path device = sandbox.kubelet().attach(volume);
        place.fio().scatter(device, extents);
        measure(sandbox, engine, volume, device, 1000 * APART, table);
    }

    private static TrialVolume create(Sandbox sandbox, String name, long size, VolumeCapability capability) {
        return sandbox.csi().createVolume("bench-" + name, size, capability);
    }

    private void measure(
            Sandbox sandbox, String engine, TrialVolume volume, Path written, long range, ResultTable table)
            throws IOException, InterruptedException {
        CsiClient csi = sandbox.csi();
        List<String> snapshots = new ArrayList<>();
        List<Double> times = new ArrayList<>();
        double stall = 0;
        double without;
        try (DirectWriter writer = DirectWriter.start(written, range, Duration.ZERO)) {
            Thread.sleep(300);
            long begin = System.nanoTime();
            for (int i = 0; i < effort.repeats(); i++) {
                writer.forgetWaits();
                times.add(millisOf(
                        () -> snapshots.add(csi.createSnapshot(volume.id() + "-" + snapshots.size(), volume.id())
                                .getSnapshotId())));
                Thread.sleep(100);
                stall = Math.max(stall, millis(writer.longestWait()));
            }
            long window = System.nanoTime() - begin;
            writer.forgetWaits();
            Thread.sleep(Duration.ofNanos(window));
            without = millis(writer.longestWait());
            if (writer.failure() != null) {
                throw new IOException("the writer on " + written + " failed", writer.failure());
            }
        }
        Path image = sandbox.snapshotImage(snapshots.getFirst());
        Map<String, Object> row = table.addRow();
        row.put("engine", engine);
        row.put("size", Figures.bytes(volume.sizeBytes()));
        row.put("extents", (long) extents().extents(image).size());
        row.put("snapshotMillis", Ratios.median(times));
        row.put("stallMillis", stall);
        row.put("withoutMillis", without);
        remove(sandbox, volume, snapshots, row);
    }

    private void remove(Sandbox sandbox, TrialVolume volume, List<String> snapshots, Map<String, Object> row) {
        CsiClient csi = sandbox.csi();
        List<TrialVolume> clones = new ArrayList<>();
        row.put(
                "cloneMillis",
                millisOf(() -> clones.add(csi.restore(
                        volume.id() + "-clone", volume.sizeBytes(), volume.capability(), snapshots.getFirst()))));
        row.put(
                "deleteCloneMillis",
                millisOf(() -> csi.deleteVolume(clones.getFirst().id())));
        List<Double> deletions = new ArrayList<>();
        snapshots.forEach(snapshot -> deletions.add(millisOf(() -> csi.deleteSnapshot(snapshot))));
        row.put("deleteSnapshotMillis", Ratios.median(deletions));
        sandbox.kubelet().detach(volume.id());
        csi.deleteVolume(volume.id());
    }

    private ExtentCalls extents() {
        return place.system().extents();
    }

    static double millisOf(Runnable action) {
        long begin = System.nanoTime();
        action.run();
        return (System.nanoTime() - begin) / 1e6;
    }

    static double millis(Duration time) {
        return time.toNanos() / 1e6;
    }
}
