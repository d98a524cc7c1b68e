package io.drover.bench;

import io.drover.output.Figures;
import io.drover.sandbox.TrialVolume;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Restores beside their parts, with one core and with two, from an S3 server and from a directory. */
final class RestoreBench {
    private static final String SNAPSHOT = "full";
    private static final double ALLOCATED = 1.01;
    private static final double MIB = 1 << 20;

    private final BenchPlace place;
    private final TransferEffort effort;
    private final Aims aims = new Aims();
    private final ResultTable parts = new ResultTable("restore-parts", "A restore's parts by themselves")
            .remark(
                    "MiB of the volume per second, each by one thread, writing until it is on the disk; GET with as many requests in "
                            + "flight as a restore has. un-lz4 is what decoding takes without the SHA-512 that belongs to it.");
    private final ResultTable restores = TransferTables.runs("restore", "Restores");
    private final ResultTable content = new ResultTable("restore-content", "What was restored")
            .remark(
                    "Compared with the generated data byte by byte, zeros where there was none; allocated by the pool.");

    RestoreBench(BenchPlace place, TransferEffort effort) {
        this.place = place;
        this.effort = effort;
    }

    /** Measures with pools of these engines. */
    List<ResultTable> run(List<String> engines) throws IOException, InterruptedException {
        for (String engine : engines) {
            place.progress().accept(engine + ": writing " + Figures.bytes(effort.dataBytes()) + " of data");
            try (MoverTrial trial = MoverTrial.start(place, engine, effort.dataBytes());
                    BenchTargets targets = BenchTargets.start(trial, true)) {
                measure(trial, targets, engine);
            }
        }
        return List.of(parts, restores, content, aims.table());
    }

    private void measure(MoverTrial trial, BenchTargets targets, String engine) throws IOException {
        place.progress().accept(engine + ": making the backups");
        var _ = trial.snapshot(SNAPSHOT);
        Map<String, BenchTarget> stores = new HashMap<>();
        for (String kind : BenchTargets.KINDS) {
            BenchTarget store = targets.make(kind);
            stores.put(kind, store);
            var _ = trial.backUp(store.name(), SNAPSHOT, store.name(), true);
        }
        TransferRounds rounds = new TransferRounds(place, engine + ": restores", effort.rounds());
        rounds.run(
                new RestoreParts(trial, place.system().files(), stores),
                (series, round) -> restore(trial, Objects.requireNonNull(stores.get(series.what())), series, round));
        rounds.speeds().addTo(parts, engine);
        TransferTables.add(restores, aims, engine, "restore from ", rounds.series());
        for (String kind : BenchTargets.KINDS) {
            check(trial, engine, Objects.requireNonNull(stores.get(kind)));
        }
    }

    private static TransferFigures restore(MoverTrial trial, BenchTarget store, RunSeries series, int round)
            throws IOException {
        trial.useCores(series.cores());
        String name = "restored-" + store.name() + "-" + series.cores() + "-" + round;
        TransferFigures figures = trial.restore(name, store.name());
        trial.sandbox().csi().deleteVolume(figures.transfer().getIntoVolume());
        return figures;
    }

    /** Restores once more, and looks at what is there then. */
    private void check(MoverTrial trial, String engine, BenchTarget store) throws IOException {
        place.progress().accept(engine + ": comparing what was restored from the " + store.kind());
        String name = "checked-" + store.name();
        var _ = trial.restore(name, store.name());
        TrialVolume restored = new TrialVolume(
                name, trial.volume().sizeBytes(), Map.of(), trial.volume().capability());
        Path device = trial.sandbox().kubelet().attach(restored);
        long different = differences(trial, device);
        trial.sandbox().kubelet().detach(name);
        double allocated = trial.allocatedBytes(name) / ((double) trial.blocks() * MoverTrial.BLOCK);
        trial.sandbox().csi().deleteVolume(name);
        Map<String, Object> row = content.addRow();
        row.put("engine", engine);
        row.put("target", store.kind());
        row.put("volumeMib", trial.volume().sizeBytes() / MIB);
        row.put("dataMib", trial.blocks() * (double) MoverTrial.BLOCK / MIB);
        row.put("differentBlocks", different);
        row.put("allocatedOfData", allocated);
        aims.atMost(engine + ": different blocks, restored from " + store.kind(), 0, different);
        aims.atMost(engine + ": allocated, of the data, restored from " + store.kind(), ALLOCATED, allocated);
    }

    private static long differences(MoverTrial trial, Path device) throws IOException {
        long different = 0;
        byte[] wanted = new byte[MoverTrial.BLOCK];
        ByteBuffer found = ByteBuffer.allocate(MoverTrial.BLOCK);
        try (FileChannel channel = FileChannel.open(device, StandardOpenOption.READ)) {
            for (int i = 0; i < trial.volume().sizeBytes() / MoverTrial.BLOCK; i++) {
                if (i < trial.blocks()) {
                    trial.data().fill(i, wanted);
                } else {
                    Arrays.fill(wanted, (byte) 0);
                }
                found.clear();
                while (found.hasRemaining()
                        && channel.read(found, (long) i * MoverTrial.BLOCK + found.position()) >= 0) {
                    // Until the block is whole, or the device ends.
                }
                if (found.hasRemaining() || !Arrays.equals(wanted, found.array())) {
                    different++;
                }
            }
        }
        return different;
    }
}
