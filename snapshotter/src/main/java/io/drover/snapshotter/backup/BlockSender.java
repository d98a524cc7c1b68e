package io.drover.snapshotter.backup;

import io.drover.core.error.ErrorCode;
import io.drover.core.error.StorageException;
import io.drover.snapshotter.format.Checksum;
import io.drover.snapshotter.transfer.Bandwidth;
import io.drover.snapshotter.transfer.FirstFailure;
import io.drover.snapshotter.transfer.MemoryBudget;
import io.drover.snapshotter.transfer.TransferMonitor;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;

/** The network's part of the pipeline: stores blocks, so many at a time, and gives their memory back. */
final class BlockSender {
    private final BlockSink sink;
    private final Semaphore requests;
    private final Bandwidth bandwidth;
    private final MemoryBudget memory;
    private final Executor threads;
    private final FirstFailure failure;
    private final TransferMonitor monitor;

    BlockSender(
            BlockSink sink,
            int requests,
            Bandwidth bandwidth,
            MemoryBudget memory,
            Executor threads,
            FirstFailure failure,
            TransferMonitor monitor) {
        this.sink = sink;
        this.requests = new Semaphore(requests);
        this.bandwidth = bandwidth;
        this.memory = memory;
        this.threads = threads;
        this.failure = failure;
        this.monitor = monitor;
    }

    MemoryBudget memory() {
        return memory;
    }

    /** Takes a block over, with its memory, and returns at once. */
    void send(long offset, Checksum checksum, byte[] stored, int blockBytes) {
        threads.execute(() -> {
            try {
                store(checksum, stored);
                monitor.done(blockBytes);
            } catch (RuntimeException e) {
                failure.note("cannot store the block at " + offset + " (" + checksum + ")", e);
            } catch (Error e) {
                failure.note(e); // thrown again by who waits for the run
            } finally {
                memory.give(stored.length, 0);
            }
        });
    }

    private void store(Checksum checksum, byte[] stored) {
        try {
            requests.acquire();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StorageException(
                    ErrorCode.TIMEOUT, "interrupted while waiting to send; the same call continues the work", e);
        }
        try {
            // What waits for its turn is not sent any more once the backup has failed or is not wanted.
            if (!failure.happened()) {
                monitor.checkWanted();
                bandwidth.take(stored.length, monitor);
                sink.store(checksum, stored);
                monitor.sent(stored.length);
            }
        } finally {
            requests.release();
        }
    }
}
