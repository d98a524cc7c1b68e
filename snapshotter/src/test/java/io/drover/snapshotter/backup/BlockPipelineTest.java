package io.drover.snapshotter.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drover.core.error.ErrorCode;
import io.drover.core.error.StorageException;
import io.drover.core.model.ByteRange;
import io.drover.snapshotter.format.BlockDecoder;
import io.drover.snapshotter.format.BlockHasher;
import io.drover.snapshotter.format.BlockMap;
import io.drover.snapshotter.format.Checksum;
import io.drover.snapshotter.format.Compression;
import io.drover.snapshotter.image.ImageFile;
import io.drover.snapshotter.transfer.Bandwidth;
import io.drover.snapshotter.transfer.Limits;
import io.drover.snapshotter.transfer.TransferCancelledException;
import io.drover.snapshotter.transfer.TransferMonitor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BlockPipelineTest {
    private static final int BLOCK = 64 << 10;
    private static final int BLOCKS = 200;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private final TransferMonitor monitor = new TransferMonitor();
    private final byte[] image = new byte[BLOCKS * BLOCK];

    BlockPipelineTest() {
        new Random(7).nextBytes(image);
    }

    @Test
    void storesEveryBlockOnceAndMapsAll() throws IOException {
        for (int copy = 0; copy < 20; copy++) {
            System.arraycopy(image, 3 * BLOCK, image, (100 + copy) * BLOCK, BLOCK);
        }
        Sink sink = new Sink();

        BlockMap map = run(sink, new Limits(3, 8, 4 << 20, 0), all());

        assertThat(sink.stored).hasSize(BLOCKS - 20);
        assertThat(sink.stores).hasValue(BLOCKS - 20);
        assertThat(rebuilt(map, sink)).isEqualTo(image);
        assertThat(monitor.total())
                .isEqualTo(image.length)
                .isEqualTo(monitor.done())
                .isEqualTo(monitor.read());
        assertThat(monitor.sent())
                .isEqualTo(sink.stored.values().stream()
                        .mapToLong(bytes -> bytes.length)
                        .sum());
    }

    @Test
    void whatTheStoreHasIsNotSent() throws IOException {
        Sink sink = new Sink();
        run(sink, Limits.DEFAULT, all());
        long sent = monitor.sent();

        BlockMap map = run(sink, Limits.DEFAULT, all());

        assertThat(sink.stores).hasValue(BLOCKS);
        assertThat(monitor.sent()).isEqualTo(sent);
        assertThat(rebuilt(map, sink)).isEqualTo(image);
    }

    @Test
    void freedBlocksAreNotRead() throws IOException {
        BlockPlan plan = new BlockPlan(image.length, BLOCK);
        plan.addChanged(new ByteRange(0, 50L * BLOCK, true));
        Sink sink = new Sink();

        BlockMap map = run(sink, Limits.DEFAULT, plan);

        assertThat(monitor.read()).isZero();
        assertThat(sink.stored).hasSize(1);
        assertThat(map.size()).isEqualTo(50);
        assertThat(block(map.checksum(49), sink)).isEqualTo(new byte[BLOCK]);
    }

    @Test
    void noMoreRequestsAndNoMoreMemoryThanAllowed() throws IOException {
        Sink slow = new Sink() {
            @Override
            public void store(Checksum checksum, byte[] compressed, int length) {
                super.store(checksum, compressed, length);
                Thread.yield();
            }
        };
        run(slow, new Limits(2, 5, 64L << 20, 0), all());
        assertThat(slow.mostRequests.get()).isBetween(2, 5);

        // Two workers take two blocks of ten; what is on its way fits into the other eight.
        Sink tight = new Sink();
        run(tight, new Limits(2, 50, 10L * BLOCK, 0), all());
        assertThat(tight.mostBytes.get()).isBetween((long) BLOCK, 8L * BLOCK);
        assertThat(tight.stored).hasSize(BLOCKS);
    }

    @Test
    void worksWithHardlyAnyMemory() throws IOException {
        Sink sink = new Sink();
        run(sink, new Limits(4, 4, 1, 0), all());
        assertThat(sink.mostRequests).hasValue(1);
        assertThat(sink.stored).hasSize(BLOCKS);
    }

    @Test
    void theFirstErrorStopsAllAndNamesItsPlace() throws IOException {
        Sink failing = new Sink() {
            @Override
            public void store(Checksum checksum, byte[] compressed, int length) {
                if (checksum.equals(checksumOf(20))) {
                    throw StorageException.unavailable("the store is away");
                }
                super.store(checksum, compressed, length);
            }
        };
        assertThatThrownBy(() -> run(failing, new Limits(2, 4, 2 << 20, 0), all()))
                .isInstanceOfSatisfying(
                        StorageException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNAVAILABLE))
                .hasMessageContaining("cannot store the block at " + 20 * BLOCK)
                .hasMessageContaining("the store is away");
        assertThat(failing.stored.size()).isLessThan(100);
    }

    @Test
    void aDefectIsNotSwallowed() {
        Sink broken = new Sink() {
            @Override
            public boolean needs(Checksum checksum) {
                throw new AssertionError("a defect");
            }
        };
        assertThatThrownBy(() -> run(broken, Limits.DEFAULT, all())).isInstanceOf(AssertionError.class);
    }

    @Test
    void anImageThatEndsEarlyFailsAtItsBlock() {
        assertThatThrownBy(() -> {
                    BlockPlan beyond = new BlockPlan(image.length + BLOCK, BLOCK);
                    beyond.addBlock(image.length);
                    run(new Sink(), Limits.DEFAULT, beyond);
                })
                .hasMessageContaining("cannot back up the block at " + image.length);
    }

    @Test
    void cancellingStopsBetweenBlocks() {
        Sink sink = new Sink() {
            @Override
            public void store(Checksum checksum, byte[] compressed, int length) {
                super.store(checksum, compressed, length);
                if (stored.size() == 10) {
                    monitor.cancel();
                }
            }
        };
        assertThatThrownBy(() -> run(sink, new Limits(2, 4, 2 << 20, 0), all()))
                .isInstanceOf(TransferCancelledException.class);
        assertThat(sink.stored.size()).isBetween(10, 20);
    }

    @Test
    void severalRequestsAreReallyUnderWayAtOnce() throws IOException {
        CountDownLatch four = new CountDownLatch(4);
        Sink meeting = new Sink() {
            @Override
            public void store(Checksum checksum, byte[] compressed, int length) {
                four.countDown();
                try {
                    assertThat(four.await(20, TimeUnit.SECONDS)).isTrue();
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
                super.store(checksum, compressed, length);
            }
        };
        run(meeting, new Limits(1, 4, 8 << 20, 0), all());
        assertThat(meeting.stored).hasSize(BLOCKS);
    }

    private BlockPlan all() {
        BlockPlan plan = new BlockPlan(image.length, BLOCK);
        plan.addAllocated(new ByteRange(0, image.length, false));
        return plan;
    }

    private BlockMap run(BlockSink sink, Limits limits, BlockPlan plan) throws IOException {
        Path path = folder.resolve("image");
        Files.write(path, image);
        try (ImageFile file = ImageFile.forReading(path)) {
            Bandwidth unlimited = new Bandwidth(0, () -> 0, duration -> {});
            return new BlockPipeline(file, BLOCK, Compression.LZ4, sink, limits, unlimited, monitor).run(plan);
        }
    }

    private Checksum checksumOf(int block) {
        return new BlockHasher().hash(java.util.Arrays.copyOfRange(image, block * BLOCK, (block + 1) * BLOCK), BLOCK);
    }

    private byte[] rebuilt(BlockMap map, Sink sink) {
        byte[] bytes = new byte[image.length];
        for (int i = 0; i < map.size(); i++) {
            System.arraycopy(block(map.checksum(i), sink), 0, bytes, (int) map.offset(i), BLOCK);
        }
        return bytes;
    }

    private static byte[] block(Checksum checksum, Sink sink) {
        byte[] block = new byte[BLOCK];
        new BlockDecoder()
                .decode(
                        java.util.Objects.requireNonNull(sink.stored.get(checksum)),
                        checksum,
                        Compression.LZ4,
                        block,
                        BLOCK);
        return block;
    }

    /** Keeps what it gets, and counts. */
    private static class Sink implements BlockSink {
        final Map<Checksum, byte[]> stored = new ConcurrentHashMap<>();
        final AtomicInteger stores = new AtomicInteger();
        final AtomicInteger mostRequests = new AtomicInteger();
        final AtomicLong mostBytes = new AtomicLong();
        private final AtomicInteger requests = new AtomicInteger();
        private final AtomicLong bytes = new AtomicLong();

        @Override
        public boolean needs(Checksum checksum) {
            return !stored.containsKey(checksum);
        }

        @Override
        public void store(Checksum checksum, byte[] compressed, int length) {
            mostRequests.accumulateAndGet(requests.incrementAndGet(), Math::max);
            mostBytes.accumulateAndGet(bytes.addAndGet(length), Math::max);
            Thread.yield();
            stores.incrementAndGet();
            stored.put(checksum, java.util.Arrays.copyOf(compressed, length));
            bytes.addAndGet(-length);
            requests.decrementAndGet();
        }
    }
}
