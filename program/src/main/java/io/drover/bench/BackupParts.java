package io.drover.bench;

import io.drover.snapshotter.format.BlockCompressor;
import io.drover.snapshotter.format.BlockHasher;
import io.drover.snapshotter.format.Checksum;
import io.drover.snapshotter.format.Compression;
import io.drover.snapshotter.format.StorePaths;
import io.drover.snapshotter.image.BlockBuffer;
import io.drover.snapshotter.image.ImageFile;
import io.drover.snapshotter.target.TargetFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;

/** What a backup does with each block, one thing at a time: read, SHA-512, lz4, PUT. */
final class BackupParts implements TransferRounds.Parts {
    static final String READ = "read";
    static final String HASH = "SHA-512";
    static final String COMPRESS = "lz4";
    static final String PUT = "PUT to ";

    /** Blocks that are kept in memory for what does not read them. */
    private static final int SAMPLE = 16;

    private final Path image;
    private final BenchTargets targets;
    private final PartMeter meter;
    private final List<byte[]> sample = new ArrayList<>();
    private final List<byte[]> stored = new ArrayList<>();
    private int rounds;

    /** Parts of the backup of this image. */
    BackupParts(MoverTrial trial, Path image, BenchTargets targets) {
        this.image = image;
        this.targets = targets;
        this.meter = new PartMeter(trial.blocks(), MoverTrial.BLOCK);
        BlockCompressor compressor = new BlockCompressor(Compression.LZ4);
        for (int i = 0; i < SAMPLE; i++) {
            byte[] block = trial.data().block(i);
            sample.add(block);
            stored.add(compressor.compress(block, block.length));
        }
    }

    /** Stored bytes for each byte of the volume. */
    double storedRatio() {
        return stored.stream().mapToDouble(block -> block.length).sum() / SAMPLE / MoverTrial.BLOCK;
    }

    @Override
    public Map<String, Double> measure() throws IOException {
        rounds++;
        Map<String, Double> speeds = new LinkedHashMap<>();
        speeds.put(READ, read());
        BlockHasher hasher = new BlockHasher();
        speeds.put(HASH, meter.oneByOne(i -> hasher.hash(sample.get(i % SAMPLE), MoverTrial.BLOCK)));
        BlockCompressor compressor = new BlockCompressor(Compression.LZ4);
        speeds.put(COMPRESS, meter.oneByOne(i -> compressor.compress(sample.get(i % SAMPLE), MoverTrial.BLOCK)));
        for (String kind : BenchTargets.KINDS) {
            speeds.put(PUT + kind, put(kind));
        }
        return speeds;
    }

    @Override
    public PartSpeeds of(Map<String, Double> speeds, String kind) {
        Map<String, Double> parts = new LinkedHashMap<>();
        for (String part : List.of(READ, HASH, COMPRESS, PUT + kind)) {
            parts.put(part, Objects.requireNonNull(speeds.get(part)));
        }
        return new PartSpeeds(parts);
    }

    private double read() {
        BlockBuffer buffer = new BlockBuffer(MoverTrial.BLOCK, BlockBuffer.PieceListener.NONE);
        try (ImageFile file = ImageFile.forReading(image)) {
            return meter.oneByOne(i -> file.read((long) i * MoverTrial.BLOCK, buffer));
        }
    }

    private double put(String kind) throws IOException {
        BenchTarget target = targets.unknown(kind);
        try (TargetFiles files = PartMeter.open(target.url(), target.credentials())) {
            return meter.inFlight(i -> files.write(path(i), stored.get(i % SAMPLE)));
        } finally {
            targets.empty(target);
        }
    }

    /** Names lie as scattered as those of real blocks. */
    private String path(int block) {
        SplittableRandom random = new SplittableRandom(block + 1_000_003L * rounds);
        return StorePaths.block(
                "parts", new Checksum(random.nextLong(), random.nextLong(), random.nextLong(), random.nextLong()));
    }
}
