package io.drover.bench;

import io.drover.output.Figures;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * Full backups beside their parts, with one core and with two, to a server that drops the blocks and to a directory; then incremental
 * ones, and what they read.
 */
final class BackupBench {
    private static final String SNAPSHOT = "full";

    private final BenchPlace place;
    private final TransferEffort effort;
    private final Aims aims = new Aims();
    private final ResultTable parts = new ResultTable("backup-parts", "A backup's parts by themselves")
            .remark(
                    "MiB of the volume per second, each by one thread; PUT with as many requests in flight as a backup has.");
    private final ResultTable full = TransferTables.runs("backup", "Full backups");
    private final ResultTable incremental = IncrementalBench.table();

    BackupBench(BenchPlace place, TransferEffort effort) {
        this.place = place;
        this.effort = effort;
    }

    /** Measures with pools of these engines. */
    List<ResultTable> run(List<String> engines) throws IOException, InterruptedException {
        for (String engine : engines) {
            place.progress().accept(engine + ": writing " + Figures.bytes(effort.dataBytes()) + " of data");
            try (MoverTrial trial = MoverTrial.start(place, engine, effort.dataBytes());
                    BenchTargets targets = BenchTargets.start(trial, false)) {
                measureFull(trial, targets, engine);
                place.progress().accept(engine + ": incremental backups");
                new IncrementalBench(trial, targets, SNAPSHOT).run(incremental, aims, engine);
            }
        }
        return List.of(parts, full, incremental, aims.table());
    }

    private void measureFull(MoverTrial trial, BenchTargets targets, String engine) throws IOException {
        BackupParts part = new BackupParts(trial, trial.snapshot(SNAPSHOT), targets);
        parts.remark(engine + ": " + Figures.bytes((long) trial.blocks() * MoverTrial.BLOCK)
                + " of data, every second block incompressible, half of the others zeros; lz4 makes it "
                + Figures.ratio(part.storedRatio())
                + " of its size. It is read from the page cache as far as memory goes.");
        TransferRounds rounds = new TransferRounds(place, engine + ": full backups", effort.rounds());
        rounds.run(part, (series, round) -> fullBackup(trial, targets, series, round));
        rounds.speeds().addTo(parts, engine);
        TransferTables.add(full, aims, engine, "backup to ", rounds.series());
    }

    private static TransferFigures fullBackup(MoverTrial trial, BenchTargets targets, RunSeries series, int round)
            throws IOException {
        BenchTarget target = targets.make(series.what());
        trial.useCores(series.cores());
        TransferFigures figures = trial.backUp(target.name() + "-" + round, SNAPSHOT, target.name(), true);
        targets.remove(target);
        requireWhole(figures, trial);
        return figures;
    }

    /** A figure of a backup that left something out would be too good. */
    private static void requireWhole(TransferFigures figures, MoverTrial trial) throws IOException {
        long data = (long) trial.blocks() * MoverTrial.BLOCK;
        Map<String, Long> read = Map.of(
                "looked at", figures.transfer().getTotalBytes(),
                "read", figures.transfer().getReadBytes());
        if (read.values().stream().anyMatch(bytes -> bytes != data)) {
            throw new IOException("the volume has " + data + " bytes of data, but the backup says " + read);
        }
    }
}
