package io.drover.snapshotter.store;

import io.drover.core.fault.FaultPoints;
import io.drover.snapshotter.format.BackupConfiguration;
import io.drover.snapshotter.format.BlockCompressor;
import io.drover.snapshotter.format.BlockHasher;
import io.drover.snapshotter.format.BlockMap;
import io.drover.snapshotter.format.BlockSize;
import io.drover.snapshotter.format.Checksum;
import io.drover.snapshotter.format.Compression;
import io.drover.snapshotter.format.StorePaths;
import io.drover.snapshotter.format.VolumeConfiguration;
import io.drover.snapshotter.target.TargetFiles;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Map;

/**
 * Makes the store in {@code src/test/resources/golden-store}, which every later version has to read. It was written once, by
 * {@code -Dtest=GoldenStoreTest -Ddrover.golden-store=<directory>}; what is there is added to, and never made anew.
 */
final class GoldenStore {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-24T08:00:00Z"), ZoneOffset.UTC);
    private static final Map<String, String> LABELS =
            Map.of("longhorn.io/volume-access-mode", "rwo", "note", "a<b & \"c\" ü");

    private final TargetFiles files;
    private final BackupStore store;

    GoldenStore(TargetFiles files) {
        this.files = files;
        this.store = new BackupStore(files, CLOCK, FaultPoints.NONE);
    }

    /** The content of a block: repeats, and so takes little room. */
    static byte[] block(int number, int length) {
        byte[] block = new byte[length];
        for (int i = 0; i < length; i++) {
            block[i] = (byte) (number * 31 + (i & 1023) / 8);
        }
        return block;
    }

    /** What a backup holds: the number of the block at each place, 0 for a hole. */
    static byte[] image(BlockSize size, int places, int... numbers) {
        byte[] image = new byte[size.bytes() * places];
        for (int i = 0; i < numbers.length; i++) {
            if (numbers[i] != 0) {
                System.arraycopy(block(numbers[i], size.bytes()), 0, image, i * size.bytes(), size.bytes());
            }
        }
        return image;
    }

    void write() {
        backUp("pvc-golden-lz4", "backup-1", 0, BlockSize.MIB_2, 3, Compression.LZ4, 1, 0, 2);
        backUp("pvc-golden-lz4", "backup-2", 1, BlockSize.MIB_2, 3, Compression.LZ4, 1, 3, 2);
        backUp("pvc-golden-lz4", "backup-3", 2, BlockSize.MIB_2, 4, Compression.LZ4, 4, 3, 2, 2);
        backUp("pvc-golden-16mib", "backup-1", 0, BlockSize.MIB_16, 2, Compression.LZ4, 0, 5);
        backUp("pvc-golden-gzip", "backup-1", 0, BlockSize.MIB_2, 2, Compression.GZIP, 1, 2);
        backUp("pvc-golden-none", "backup-1", 0, new BlockSize(4096), 3, Compression.NONE, 7, 0, 8);
        legacy();
        damaged();
    }

    private Checksum put(String volume, byte[] block, Compression compression) {
        Checksum checksum = new BlockHasher().hash(block, block.length);
        store.writeBlock(volume, checksum, new BlockCompressor(compression).compress(block, block.length));
        return checksum;
    }

    private void backUp(
            String volume, String name, int second, BlockSize size, int places, Compression method, int... numbers) {
        VolumeConfiguration configuration =
                store.openVolume(volume, (long) size.bytes() * places, size, method, "drover", LABELS);
        store.begin(volume, name, configuration.compression());
        BlockMap.Builder map = BlockMap.builder();
        long newBlocks = 0;
        for (int i = 0; i < numbers.length; i++) {
            if (numbers[i] != 0) {
                byte[] block = block(numbers[i], size.bytes());
                Checksum checksum = new BlockHasher().hash(block, block.length);
                newBlocks += store.hasBlock(volume, checksum, size, BadBlocks.NONE) ? 0 : 1;
                map.add((long) i * size.bytes(), put(volume, block, method));
            }
        }
        store.complete(
                BackupConfiguration.complete(
                        volume,
                        name,
                        "snap-" + name,
                        CLOCK.instant().plusSeconds(second),
                        CLOCK.instant().plusSeconds(second + 1),
                        LABELS,
                        false,
                        second > 0,
                        size,
                        method,
                        1000,
                        0,
                        map.build()),
                (long) size.bytes() * places,
                newBlocks,
                "drover");
    }

    /** As engines of 2018 wrote it: gzip, and few keys. */
    private void legacy() {
        String volume = "pvc-golden-2018";
        Checksum one = put(volume, block(1, BlockSize.MIB_2.bytes()), Compression.GZIP);
        Checksum two = put(volume, block(2, BlockSize.MIB_2.bytes()), Compression.GZIP);
        text(
                StorePaths.volumeConfiguration(volume),
                "{\"Name\":\"pvc-golden-2018\",\"Size\":\"6291456\",\"CreatedTime\":\"2018-08-01T10:00:00Z\",\"LastBackupName\":\"backup-1\","
                        + "\"BlockCount\":\"2\"}");
        text(
                StorePaths.backupConfiguration(volume, "backup-1"),
                "{\"Name\":\"backup-1\",\"VolumeName\":\"pvc-golden-2018\",\"SnapshotName\":\"snap-1\",\"SnapshotCreatedAt\":\"2018-08-01T10:00:00Z\","
                        + "\"CreatedTime\":\"2018-08-01T10:00:07Z\",\"Size\":\"4194304\",\"Labels\":null,\"Blocks\":[{\"Offset\":0,\"BlockChecksum\":\""
                        + one + "\"},{\"Offset\":4194304,\"BlockChecksum\":\"" + two
                        + "\"}],\"SingleFile\":{\"FilePath\":\"\"}}");
    }

    private void damaged() {
        String volume = "pvc-golden-bad";
        BlockSize size = new BlockSize(4096);
        backUp(volume, "backup-good", 0, size, 2, Compression.LZ4, 1, 2);
        store.begin(volume, "backup-in-progress", Compression.LZ4);
        text(StorePaths.backupConfiguration(volume, "backup-cut"), "{\"Name\":\"backup-cut\",\"Blo");
        backUp(volume, "backup-missing-block", 1, size, 2, Compression.LZ4, 1, 3);
        files.delete(StorePaths.block(volume, new BlockHasher().hash(block(3, 4096), 4096)));
        backUp(volume, "backup-wrong-block", 2, size, 2, Compression.LZ4, 1, 4);
        files.write(
                StorePaths.block(volume, new BlockHasher().hash(block(4, 4096), 4096)),
                new BlockCompressor(Compression.LZ4).compress(block(5, 4096), 4096));
        String good = new String(
                files.read(StorePaths.backupConfiguration(volume, "backup-good"), 1 << 20), StandardCharsets.UTF_8);
        text(StorePaths.backupConfiguration(volume, "backup-other-name"), good);
        text(
                StorePaths.backupConfiguration(volume, "backup-block-size"),
                good.replace("backup-good", "backup-block-size")
                        .replace("\"4096\",\"backup-mode", "\"some\",\"backup-mode"));
        text(
                StorePaths.backupConfiguration(volume, "backup-beyond"),
                good.replace("backup-good", "backup-beyond").replace("\"Offset\":4096", "\"Offset\":8192"));
    }

    private void text(String path, String content) {
        files.write(path, content.getBytes(StandardCharsets.UTF_8));
    }

    static byte[] grown(byte[] image, BlockSize size, int places) {
        return Arrays.copyOf(image, size.bytes() * places);
    }
}
