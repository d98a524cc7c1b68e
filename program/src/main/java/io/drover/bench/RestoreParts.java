package io.drover.bench;

import io.drover.core.sys.FileCalls;
import io.drover.core.sys.SystemCallException;
import io.drover.snapshotter.format.BlockCompressor;
import io.drover.snapshotter.format.BlockDecoder;
import io.drover.snapshotter.format.BlockHasher;
import io.drover.snapshotter.format.BlockSize;
import io.drover.snapshotter.format.Checksum;
import io.drover.snapshotter.format.Compression;
import io.drover.snapshotter.format.StorePaths;
import io.drover.snapshotter.image.BlockBuffer;
import io.drover.snapshotter.image.ImageFile;
import io.drover.snapshotter.target.TargetFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What a restore does with each block, one thing at a time: GET, un-lz4, SHA-512, write. */
final class RestoreParts implements TransferRounds.Parts {
    private static final String GET = "GET from ";
    private static final String UNPACK = "un-lz4";
    private static final String HASH = "SHA-512";
    private static final String WRITE = "write";

    /** Blocks that are kept in memory for what does not fetch them. */
    private static final int SAMPLE = 16;

    private final MoverTrial trial;
    private final FileCalls files;
    private final Map<String, BenchTarget> stores;
    private final PartMeter meter;
    private final List<byte[]> sample = new ArrayList<>();
    private final List<byte[]> stored = new ArrayList<>();
    private final List<Checksum> checksums = new ArrayList<>();

    /**
     * Parts of restores of one volume.
     *
     * @param stores that have a backup of it, by their kind
     */
    RestoreParts(MoverTrial trial, FileCalls files, Map<String, BenchTarget> stores) {
        this.trial = trial;
        this.files = files;
        this.stores = Map.copyOf(stores);
        this.meter = new PartMeter(trial.blocks(), MoverTrial.BLOCK);
        BlockCompressor compressor = new BlockCompressor(Compression.LZ4);
        for (int i = 0; i < SAMPLE; i++) {
            byte[] block = trial.data().block(i);
            sample.add(block);
            stored.add(compressor.compress(block, block.length));
            checksums.add(new BlockHasher().hash(block, block.length));
        }
    }

    @Override
    public Map<String, Double> measure() throws IOException {
        Map<String, Double> speeds = new LinkedHashMap<>();
        for (String kind : BenchTargets.KINDS) {
            speeds.put(GET + kind, get(Objects.requireNonNull(stores.get(kind))));
        }
        BlockHasher hasher = new BlockHasher();
        double hash = meter.oneByOne(i -> hasher.hash(sample.get(i % SAMPLE), MoverTrial.BLOCK));
        BlockDecoder decoder = new BlockDecoder();
        byte[] block = new byte[MoverTrial.BLOCK];
        double both = meter.oneByOne(i -> decoder.decode(
                stored.get(i % SAMPLE), checksums.get(i % SAMPLE), Compression.LZ4, block, MoverTrial.BLOCK));
        // The decoder always checks: what is left of its time is un-lz4's. Noise must not make it negative.
        speeds.put(UNPACK, 1 / Math.max(1 / both - 1 / hash, 1e-6));
        speeds.put(HASH, hash);
        speeds.put(WRITE, write());
        return speeds;
    }

    @Override
    public PartSpeeds of(Map<String, Double> speeds, String kind) {
        Map<String, Double> parts = new LinkedHashMap<>();
        for (String part : List.of(GET + kind, UNPACK, HASH, WRITE)) {
            parts.put(part, Objects.requireNonNull(speeds.get(part)));
        }
        return new PartSpeeds(parts);
    }

    private double get(BenchTarget store) {
        try (TargetFiles target = PartMeter.open(store.url(), store.credentials())) {
            List<String> paths = new ArrayList<>();
            target.walk(StorePaths.blocks(trial.volume().id()), file -> paths.add(file.path()));
            if (paths.size() != trial.blocks()) {
                throw new IllegalStateException(
                        store.url() + " has " + paths.size() + " blocks instead of " + trial.blocks());
            }
            return meter.inFlight(i -> target.read(paths.get(i), BlockSize.MIB_2.storedLimit()));
        }
    }

    /** Into a new file of the same pool, with the same flags as a volume's image, until it is on the disk. */
    private double write() throws IOException {
        Path path = trial.sandbox().pool().resolve("bench-raw.image");
        files.createFile(path, 0600);
        try {
            overwriteInPlace(path);
            files.resize(path, (long) trial.blocks() * MoverTrial.BLOCK);
            BlockBuffer buffer = new BlockBuffer(MoverTrial.BLOCK, BlockBuffer.PieceListener.NONE);
            try (ImageFile file = ImageFile.forFilling(path)) {
                return meter.oneByOne(i -> {
                    byte[] block = sample.get(i % SAMPLE);
                    System.arraycopy(block, 0, buffer.bytes(), 0, block.length);
                    file.write((long) i * MoverTrial.BLOCK, buffer, true);
                    if (i == trial.blocks() - 1) {
                        file.sync();
                    }
                });
            }
        } finally {
            Files.delete(path);
        }
    }

    private void overwriteInPlace(Path path) {
        try {
            files.overwriteInPlace(path);
        } catch (SystemCallException e) {
            // XFS has no such flag, and needs none: it overwrites in place anyway.
        }
    }
}
