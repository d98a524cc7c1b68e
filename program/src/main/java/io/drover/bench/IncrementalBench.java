package io.drover.bench;

import io.drover.output.Figures;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.BitSet;
import java.util.Map;
import java.util.SplittableRandom;

/** What incremental backups read and send after one per cent of a volume was changed, in small pieces and in whole blocks. */
final class IncrementalBench {
    private static final double READ_PER_CHANGED = 1.1;
    private static final int PAGE = 4096;
    private static final int SHARE = 100;
    private static final long SEED = 7;
    private static final int CORES = 2;
    private static final double MIB = 1 << 20;

    private final MoverTrial trial;
    private final BenchTargets targets;
    private final String snapshot;

    /**
     * For one volume.
     *
     * @param snapshot of it as it is now
     */
    IncrementalBench(MoverTrial trial, BenchTargets targets, String snapshot) {
        this.trial = trial;
        this.targets = targets;
        this.snapshot = snapshot;
    }

    static ResultTable table() {
        return new ResultTable("backup-incremental", "Incremental backups")
                .remark(
                        "1 % of the data was overwritten at random places since the backup before, to the null S3 server. Changed "
                                + "blocks are those of the format, 2 MiB, in which anything was.");
    }

    /** Measures, and adds rows and aims. */
    void run(ResultTable table, Aims aims, String engine) throws IOException {
        BenchTarget target = targets.make(BenchTarget.NULL_SERVER);
        trial.useCores(CORES);
        var _ = trial.backUp("base", snapshot, target.name(), true);
        for (int piece : new int[] {PAGE, MoverTrial.BLOCK}) {
            long data = (long) trial.blocks() * MoverTrial.BLOCK;
            int pieces = (int) Math.max(1, data / SHARE / piece);
            BitSet changed = change(piece, pieces);
            String name = "changed-" + piece;
            var _ = trial.snapshot(name);
            TransferFigures figures = trial.backUp(name + "-backup", name, target.name(), false);
            long read = figures.transfer().getReadBytes();
            long changedBlocks = (long) changed.cardinality() * MoverTrial.BLOCK;
            Map<String, Object> row = table.addRow();
            row.put("engine", engine);
            row.put("pieces", Figures.bytes(piece));
            row.put("changedMib", pieces * (double) piece / MIB);
            row.put("changedBlocksMib", changedBlocks / MIB);
            row.put("readMib", read / MIB);
            row.put("sentMib", figures.transfer().getSentBytes() / MIB);
            row.put("readPerChangedByte", read / ((double) pieces * piece));
            row.put("readPerChangedBlock", read / (double) changedBlocks);
            row.put("requests", figures.transfer().getRequests());
            row.put("seconds", figures.seconds());
            aims.atMost(
                    engine + ": bytes read, of the changed blocks, after 1 % in pieces of " + Figures.bytes(piece),
                    READ_PER_CHANGED,
                    read / (double) changedBlocks);
        }
        targets.remove(target);
    }

    /** Overwrites so many different pieces; returns the blocks in which they are. */
    private BitSet change(int piece, int pieces) throws IOException {
        SplittableRandom random = new SplittableRandom(SEED + piece);
        int places = Math.toIntExact((long) trial.blocks() * MoverTrial.BLOCK / piece);
        BitSet chosen = new BitSet();
        BitSet blocks = new BitSet();
        byte[] bytes = new byte[piece];
        try (FileChannel device = trial.openDevice()) {
            while (chosen.cardinality() < pieces) {
                int place = random.nextInt(places);
                if (!chosen.get(place)) {
                    chosen.set(place);
                    long offset = (long) place * piece;
                    random.nextBytes(bytes);
                    MoverTrial.write(device, offset, ByteBuffer.wrap(bytes));
                    blocks.set((int) (offset / MoverTrial.BLOCK));
                }
            }
            device.force(true);
        }
        return blocks;
    }
}
