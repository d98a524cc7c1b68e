package io.drover.snapshotter.store;

import io.drover.core.error.ErrorCode;
import io.drover.core.error.StorageException;
import io.drover.core.fault.FaultPoints;
import io.drover.core.time.Pause;
import io.drover.snapshotter.format.BackupConfiguration;
import io.drover.snapshotter.format.BlockCompressor;
import io.drover.snapshotter.format.BlockDecoder;
import io.drover.snapshotter.format.BlockHasher;
import io.drover.snapshotter.format.BlockMap;
import io.drover.snapshotter.format.BlockSize;
import io.drover.snapshotter.format.Checksum;
import io.drover.snapshotter.format.Compression;
import io.drover.snapshotter.format.StorePaths;
import io.drover.snapshotter.format.VolumeConfiguration;
import io.drover.snapshotter.lock.StoreLocks;
import io.drover.snapshotter.target.TargetFiles;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeSet;

/** A store with small blocks, and the simplest writer and reader of whole images. */
final class StoreFixture {
    static final BlockSize SMALL = new BlockSize(4096);
    static final Instant SNAPSHOT = Instant.parse("2026-11-23T10:00:00Z");

    final TargetFiles files;
    final BackupStore store;
    final StoreLocks locks;

    StoreFixture(TargetFiles files, FaultPoints faults) {
        this(files, faults, locks("host-a"));
    }

    StoreFixture(TargetFiles files, FaultPoints faults, StoreLocks locks) {
        this.files = files;
        this.store = new BackupStore(files, Clock.systemUTC(), faults);
        this.locks = locks;
    }

    /** Locks that do not wait for others to see them, and are never refreshed. */
    static StoreLocks locks(String host) {
        return new StoreLocks(host, Clock.systemUTC(), onlyLongPauses());
    }

    private static Pause onlyLongPauses() {
        return duration -> {
            if (duration.compareTo(Duration.ofSeconds(10)) >= 0) {
                Pause.SLEEP.forDuration(duration);
            }
        };
    }

    /** An image of so many small blocks; equal numbers give equal blocks, 0 a hole. */
    static byte[] image(int... blocks) {
        ByteBuffer image = ByteBuffer.allocate(blocks.length * SMALL.bytes());
        for (int number : blocks) {
            byte[] block = new byte[SMALL.bytes()];
            if (number != 0) {
                new SplittableRandom(number).nextBytes(block);
                Arrays.fill(block, 1024, 4096, (byte) number);
            }
            image.put(block);
        }
        return image.array();
    }

    /** Backs all but holes up, under no lock. */
    BackupConfiguration backUp(String volume, String name, byte[] image, int second) {
        return backUp(volume, name, image, second, SMALL, Compression.LZ4);
    }

    BackupConfiguration backUp(
            String volume, String name, byte[] image, int second, BlockSize size, Compression compression) {
        VolumeConfiguration configuration = store.openVolume(volume, image.length, size, compression, "fast", Map.of());
        store.begin(volume, name, configuration.compression());
        BlockMap.Builder map = BlockMap.builder();
        BlockHasher hasher = new BlockHasher();
        long newBlocks = 0;
        long sent = 0;
        BadBlocks bad = store.badBlocks(volume);
        TreeSet<String> written = new TreeSet<>();
        for (int offset = 0; offset < image.length; offset += size.bytes()) {
            byte[] block = Arrays.copyOfRange(image, offset, offset + size.bytes());
            if (Arrays.equals(block, new byte[size.bytes()])) {
                continue;
            }
            Checksum checksum = hasher.hash(block, block.length);
            map.add(offset, checksum);
            if (!store.hasBlock(volume, checksum, size, bad) && written.add(checksum.toString())) {
                byte[] compressed = new BlockCompressor(configuration.compression()).compress(block, block.length);
                store.writeBlock(volume, checksum, compressed);
                newBlocks++;
                sent += compressed.length;
            }
        }
        store.recordRepaired(volume, written.stream().map(Checksum::parse).toList());
        BackupConfiguration complete = BackupConfiguration.complete(
                volume,
                name,
                "snap-" + name,
                SNAPSHOT.plusSeconds(second),
                SNAPSHOT.plusSeconds(second + 1),
                Map.of("app", "test"),
                false,
                false,
                size,
                configuration.compression(),
                sent,
                0,
                map.build());
        return store.complete(complete, image.length, newBlocks, "fast");
    }

    byte[] restore(String volume, String name) {
        RestorableBackup backup = store.backup(volume, name);
        byte[] image = new byte[Math.toIntExact(backup.volume().size())];
        byte[] block = new byte[backup.blockSize().bytes()];
        byte[] room = new byte[backup.blockSize().storedLimit()];
        BlockDecoder decoder = new BlockDecoder();
        BlockMap blocks = backup.backup().blocks();
        for (int i = 0; i < blocks.size(); i++) {
            store.readBlock(volume, blocks.checksum(i), backup.compression(), backup.blockSize(), decoder, room, block);
            System.arraycopy(block, 0, image, Math.toIntExact(blocks.offset(i)), block.length);
        }
        return image;
    }

    BackupDeletion deletion(FaultPoints faults) {
        return new BackupDeletion(store, locks, faults);
    }

    /** The number of block files of a volume. */
    int blockFiles(String volume) {
        int[] count = new int[1];
        files.walk(StorePaths.blocks(volume), file -> count[0]++);
        return count[0];
    }

    static ErrorCode codeOf(Runnable call) {
        try {
            call.run();
        } catch (StorageException e) {
            return e.code();
        }
        throw new AssertionError("it did not fail");
    }
}
