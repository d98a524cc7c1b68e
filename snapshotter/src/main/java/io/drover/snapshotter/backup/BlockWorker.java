package io.drover.snapshotter.backup;

import io.drover.snapshotter.format.BlockCompressor;
import io.drover.snapshotter.format.BlockHasher;
import io.drover.snapshotter.format.Checksum;
import io.drover.snapshotter.image.BlockBuffer;

/** One core's part of the pipeline: block by block, read, hash, and hand over what the store needs. */
final class BlockWorker {
    private final BlockPipeline pipeline;
    private final PlanCursor cursor;
    private final BlockSender sender;
    private final BlockHasher hasher = new BlockHasher();
    private final BlockCompressor compressor;
    private final BlockBuffer buffer;

    BlockWorker(BlockPipeline pipeline, PlanCursor cursor, BlockSender sender) {
        this.pipeline = pipeline;
        this.cursor = cursor;
        this.sender = sender;
        this.compressor = new BlockCompressor(pipeline.compression());
        this.buffer = new BlockBuffer(pipeline.blockBytes(), hasher::update);
    }

    void run() {
        for (int block = cursor.claim(); block >= 0 && !pipeline.failure().happened(); block = cursor.claim()) {
            long offset = (long) block * pipeline.blockBytes();
            try {
                pipeline.monitor().checkWanted();
                process(block, offset);
            } catch (RuntimeException e) {
                pipeline.failure().note("cannot back up the block at " + offset, e);
            } catch (Error e) {
                pipeline.failure().note(e); // thrown again by who waits for the run
            }
        }
    }

    private void process(int block, long offset) {
        boolean zero = cursor.isZero(block);
        Checksum checksum = zero ? pipeline.checksumOfZeros() : read(offset);
        if (!pipeline.isFirst(offset, checksum) || !pipeline.sink().needs(checksum)) {
            pipeline.monitor().done(pipeline.blockBytes());
            return;
        }
        if (zero) {
            buffer.fillWithZeros();
        }
        send(offset, checksum);
    }

    /** Waits for an array, which the sender then gives back. */
    private void send(long offset, Checksum checksum) {
        byte[] stored = sender.arrays().take();
        boolean handedOver = false;
        try {
            if (!pipeline.failure().happened()) {
                int length = compressor.compress(buffer.bytes(), buffer.length(), stored);
                handedOver = true;
                sender.send(offset, checksum, stored, length, pipeline.blockBytes());
            }
        } finally {
            if (!handedOver) {
                sender.arrays().give(stored);
            }
        }
    }

    private Checksum read(long offset) {
        pipeline.image().read(offset, buffer);
        pipeline.monitor().read(buffer.length());
        return hasher.finish();
    }
}
