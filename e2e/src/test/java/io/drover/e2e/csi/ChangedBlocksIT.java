package io.drover.e2e.csi;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.csi.v1.BlockMetadata;
import io.drover.csi.v1.GetMetadataAllocatedRequest;
import io.drover.csi.v1.GetMetadataDeltaRequest;
import io.drover.csi.v1.Snapshot;
import io.drover.csi.v1.Volume;
import io.drover.e2e.fixture.Attached;
import io.drover.e2e.fixture.Capabilities;
import io.drover.e2e.fixture.CsiClient;
import io.drover.e2e.fixture.Host;
import io.drover.e2e.fixture.Pool;
import io.drover.e2e.fixture.PoolEngine;
import io.drover.e2e.fixture.PoolLayout;
import io.drover.e2e.fixture.StandaloneProcess;
import io.drover.e2e.fixture.Workspace;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What SnapshotMetadata says is held against the bytes: no changed block may be missing from a delta, and no data from the allocated ones. */
@Tag("root")
class ChangedBlocksIT {
    private static final long GIBI = 1L << 30;
    private static final int BLOCK = 4096;
    private static final int BLOCKS = 16384;
    private static final long SEED = 20261123;

    @ParameterizedTest
    @EnumSource(PoolEngine.class)
    void everyChangedBlockIsInTheDeltaAndLittleElse(PoolEngine engine) throws IOException {
        Host.needs(engine);
        try (Workspace workspace = Workspace.create();
                Pool pool = Pool.create(workspace.root(), engine, 2 * GIBI);
                StandaloneProcess drover = StandaloneProcess.on(workspace, pool)) {
            // Given
            CsiClient csi = drover.csi();
            Volume volume = csi.createVolume("blocks", (long) BLOCK * BLOCKS, Capabilities.block());
            Attached attached = Attached.up(csi, workspace, volume, Capabilities.block());
            Random random = new Random(SEED);
            writeBlocks(attached.target(), random, 2000);
            Snapshot base = csi.createSnapshot("blocks-base", "blocks");
            writeBlocks(attached.target(), random, 500);
            Snapshot target = csi.createSnapshot("blocks-target", "blocks");
            byte[] before = Files.readAllBytes(PoolLayout.snapshotImage(pool, base));
            byte[] after = Files.readAllBytes(PoolLayout.snapshotImage(pool, target));

            // When
            List<BlockMetadata> allocated = allocated(csi, target, 0);
            List<BlockMetadata> delta = delta(csi, base, target, 0);

            // Then
            assertThat(missing(allocated, block -> !isZero(after, block))).isZero();
            assertThat(missing(delta, block -> differs(before, after, block))).isZero();
            assertThat(total(delta)).isLessThan(total(allocated));
            assertAscendingAndMerged(allocated);
            assertAscendingAndMerged(delta);
            BlockMetadata middle = delta.get(delta.size() / 2);
            assertThat(delta(csi, base, target, middle.getByteOffset()))
                    .isEqualTo(delta.subList(delta.size() / 2, delta.size()));
            System.out.printf(
                    "changed blocks on %s: %d allocated ranges, %d changed ones (%d KiB)%n",
                    engine, allocated.size(), delta.size(), total(delta) / 1024);
            attached.down(csi);
        }
    }

    private static void writeBlocks(Path device, Random random, int count) throws IOException {
        byte[] content = new byte[BLOCK];
        try (FileChannel file = FileChannel.open(device, StandardOpenOption.WRITE)) {
            for (int i = 0; i < count; i++) {
                random.nextBytes(content);
                file.write(ByteBuffer.wrap(content), (long) random.nextInt(BLOCKS) * BLOCK);
            }
            file.force(true);
        }
    }

    private static List<BlockMetadata> allocated(CsiClient csi, Snapshot snapshot, long from) {
        List<BlockMetadata> found = new ArrayList<>();
        csi.metadata()
                .getMetadataAllocated(GetMetadataAllocatedRequest.newBuilder()
                        .setSnapshotId(snapshot.getSnapshotId())
                        .setStartingOffset(from)
                        .setMaxResults(100)
                        .build())
                .forEachRemaining(part -> found.addAll(part.getBlockMetadataList()));
        return found;
    }

    private static List<BlockMetadata> delta(CsiClient csi, Snapshot base, Snapshot target, long from) {
        List<BlockMetadata> found = new ArrayList<>();
        csi.metadata()
                .getMetadataDelta(GetMetadataDeltaRequest.newBuilder()
                        .setBaseSnapshotId(base.getSnapshotId())
                        .setTargetSnapshotId(target.getSnapshotId())
                        .setStartingOffset(from)
                        .setMaxResults(100)
                        .build())
                .forEachRemaining(part -> found.addAll(part.getBlockMetadataList()));
        return found;
    }

    /** How many of the blocks that must be covered are not. */
    private static long missing(List<BlockMetadata> ranges, java.util.function.IntPredicate mustBeCovered) {
        BitSet covered = new BitSet(BLOCKS);
        for (BlockMetadata range : ranges) {
            covered.set((int) (range.getByteOffset() / BLOCK), (int)
                    ((range.getByteOffset() + range.getSizeBytes() + BLOCK - 1) / BLOCK));
        }
        return java.util.stream.IntStream.range(0, BLOCKS)
                .filter(mustBeCovered)
                .filter(block -> !covered.get(block))
                .count();
    }

    private static boolean isZero(byte[] image, int block) {
        return Arrays.equals(image, block * BLOCK, (block + 1) * BLOCK, new byte[BLOCK], 0, BLOCK);
    }

    private static boolean differs(byte[] one, byte[] other, int block) {
        int from = block * BLOCK;
        return !Arrays.equals(one, from, from + BLOCK, other, from, from + BLOCK);
    }

    private static long total(List<BlockMetadata> ranges) {
        return ranges.stream().mapToLong(BlockMetadata::getSizeBytes).sum();
    }

    private static void assertAscendingAndMerged(List<BlockMetadata> ranges) {
        for (int i = 1; i < ranges.size(); i++) {
            BlockMetadata previous = ranges.get(i - 1);
            assertThat(ranges.get(i).getByteOffset())
                    .as("range %d", i)
                    .isGreaterThan(previous.getByteOffset() + previous.getSizeBytes());
        }
    }
}
