package io.drover.snapshotter.restore;

import io.drover.core.fault.FaultPoints;
import io.drover.snapshotter.format.BlockDecoder;
import io.drover.snapshotter.format.BlockHasher;
import io.drover.snapshotter.format.BlockMap;
import io.drover.snapshotter.format.Checksum;
import io.drover.snapshotter.image.BlockBuffer;
import io.drover.snapshotter.transfer.FirstFailure;
import io.drover.snapshotter.transfer.TransferMonitor;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Makes an image hold exactly what a map says. Each of several virtual threads takes one block after the other: fetch, decompress, verify,
 * write. What the image already holds is not fetched, what is zeros is left a hole, and what no entry covers is made zeros. The first
 * failure stops all. For one run.
 */
final class RestorePipeline {
    private final HeadImage head;
    private final BlockMap map;
    private final BlockFetcher fetcher;
    private final Cores cores;
    private final TransferMonitor monitor;
    private final FaultPoints faults;

    private final Checksum checksumOfZeros;
    private final FirstFailure failure = new FirstFailure();
    private final AtomicInteger next = new AtomicInteger();

    RestorePipeline(
            HeadImage head,
            BlockMap map,
            BlockFetcher fetcher,
            Cores cores,
            TransferMonitor monitor,
            FaultPoints faults) {
        this.head = head;
        this.map = map;
        this.fetcher = fetcher;
        this.cores = cores;
        this.monitor = monitor;
        this.faults = faults;
        this.checksumOfZeros = new BlockHasher().hash(new byte[head.blockBytes()], head.blockBytes());
    }

    /**
     * Returns when every block is written.
     *
     * @param threads that have room for a block and for what is fetched for it, all the time
     * @param storedLimit of what is fetched for a block, in bytes
     */
    void run(int threads, int storedLimit) {
        monitor.total((long) map.size() * head.blockBytes());
        try (ExecutorService working = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < threads; i++) {
                working.execute(() -> new Worker(storedLimit).run());
            }
        }
        failure.throwIfHappened();
    }

    /** One thread with its buffer. */
    private final class Worker {
        private final BlockHasher hasher = new BlockHasher();
        private final BlockDecoder decoder = new BlockDecoder();
        private final BlockBuffer buffer = new BlockBuffer(head.blockBytes(), hasher::update);
        private final byte[] room;

        private Worker(int storedLimit) {
            this.room = new byte[storedLimit];
        }

        void run() {
            for (int block = next.getAndIncrement();
                    block < head.blocks() && !failure.happened();
                    block = next.getAndIncrement()) {
                long offset = (long) block * head.blockBytes();
                try {
                    monitor.checkWanted();
                    process(block, map.at(offset));
                } catch (RuntimeException e) {
                    failure.note("cannot restore the block at " + offset, e);
                } catch (Error e) {
                    failure.note(e); // thrown again by who waits for the run
                }
            }
        }

        private void process(int block, Optional<Checksum> wanted) {
            if (wanted.isEmpty()) {
                makeZeros(block);
                return;
            }
            if (wanted.get().equals(checksumOfZeros)) {
                makeZeros(block);
            } else if (!holds(block, wanted.get())) {
                fetcher.fetch(wanted.get(), room, buffer, decoder);
                head.write(block, buffer);
                faults.reach("restore.block-written");
            }
            monitor.done(head.blockBytes());
        }

        private void makeZeros(int block) {
            if (!head.isHole(block)) {
                cores.run(() -> head.makeZeros(block, buffer));
                hasher.finish(); // of what was read; nobody asks
            }
        }

        /** Whether an attempt before this one has written the block already. */
        private boolean holds(int block, Checksum wanted) {
            if (head.isHole(block)) {
                return false;
            }
            cores.run(() -> head.read(block, buffer));
            return hasher.finish().equals(wanted);
        }
    }
}
