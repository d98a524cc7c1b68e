package io.drover.snapshotter.backup;

import io.drover.snapshotter.format.BlockCompressor;
import io.drover.snapshotter.format.BlockHasher;
import io.drover.snapshotter.format.BlockMap;
import io.drover.snapshotter.format.Checksum;
import io.drover.snapshotter.format.ChecksumSet;
import io.drover.snapshotter.format.Compression;
import io.drover.snapshotter.image.ImageFile;
import io.drover.snapshotter.transfer.Bandwidth;
import io.drover.snapshotter.transfer.BlockArrays;
import io.drover.snapshotter.transfer.FirstFailure;
import io.drover.snapshotter.transfer.Limits;
import io.drover.snapshotter.transfer.TransferMonitor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Takes the blocks of a plan from an image into a store. As many threads as cores read, hash and compress, each with one buffer; what has
 * to be sent goes on by a virtual thread each, so many requests at a time, in as many arrays as the memory that is left has room for. The first failure stops all.
 *
 * <pre>
 * plan -> [read, hash, known? compress] x cores -> [wait for bandwidth, store] x requests -> map
 * </pre>
 *
 * For one run.
 */
final class BlockPipeline {
    private final ImageFile image;
    private final int blockBytes;
    private final Compression compression;
    private final BlockSink sink;
    private final Limits limits;
    private final Bandwidth bandwidth;
    private final TransferMonitor monitor;

    private final Checksum checksumOfZeros;
    private final FirstFailure failure = new FirstFailure();
    private final BlockMap.Builder map = BlockMap.builder();
    /** Guarded by itself. */
    private final ChecksumSet offered = new ChecksumSet();

    BlockPipeline(
            ImageFile image,
            int blockBytes,
            Compression compression,
            BlockSink sink,
            Limits limits,
            Bandwidth bandwidth,
            TransferMonitor monitor) {
        this.image = image;
        this.blockBytes = blockBytes;
        this.compression = compression;
        this.sink = sink;
        this.limits = limits;
        this.bandwidth = bandwidth;
        this.monitor = monitor;
        this.checksumOfZeros = new BlockHasher().hash(new byte[blockBytes], blockBytes);
    }

    /** Returns when every block of the plan is stored, with their names. */
    BlockMap run(BlockPlan plan) {
        monitor.total((long) plan.count() * blockBytes);
        PlanCursor cursor = new PlanCursor(plan);
        int workers = workers();
        BlockArrays arrays = new BlockArrays(arraysForSending(workers), storedLimit());
        try (ExecutorService sending = Executors.newVirtualThreadPerTaskExecutor();
                ExecutorService working = Executors.newFixedThreadPool(
                        workers, Thread.ofPlatform().name("backup-", 1).factory())) {
            BlockSender sender = new BlockSender(sink, limits.requests(), bandwidth, arrays, sending, failure, monitor);
            for (int i = 0; i < workers; i++) {
                working.execute(() -> new BlockWorker(this, cursor, sender).run());
            }
            working.close(); // before the sender's threads: it gives them work until then
        }
        failure.throwIfHappened();
        return map.build();
    }

    /** Each worker keeps a block; one more has to fit. */
    private int workers() {
        return Math.clamp(limits.blocks(blockBytes) - 1, 1, limits.cores());
    }

    /** What the workers leave, and no more than what keeps all requests busy: more would wait in memory to no purpose. */
    private int arraysForSending(int workers) {
        long left = limits.memoryBytes() - (long) workers * blockBytes;
        return (int) Math.clamp(left / storedLimit(), 1, limits.requests());
    }

    /** No stored block takes more memory. */
    int storedLimit() {
        return BlockCompressor.bound(blockBytes);
    }

    Checksum checksumOfZeros() {
        return checksumOfZeros;
    }

    int blockBytes() {
        return blockBytes;
    }

    ImageFile image() {
        return image;
    }

    Compression compression() {
        return compression;
    }

    BlockSink sink() {
        return sink;
    }

    TransferMonitor monitor() {
        return monitor;
    }

    FirstFailure failure() {
        return failure;
    }

    /** Notes where a block lies; true for the first one that asks, who has to see that it is stored. */
    boolean isFirst(long offset, Checksum checksum) {
        map.add(offset, checksum);
        synchronized (offered) {
            return offered.add(checksum);
        }
    }
}
