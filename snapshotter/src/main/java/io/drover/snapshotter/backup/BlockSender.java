package io.drover.snapshotter.backup;

import io.drover.core.error.ErrorCode;
import io.drover.core.error.StorageException;
import io.drover.snapshotter.format.Checksum;
import io.drover.snapshotter.transfer.Bandwidth;
import io.drover.snapshotter.transfer.BlockArrays;
import io.drover.snapshotter.transfer.FirstFailure;
import io.drover.snapshotter.transfer.TransferMonitor;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;

/** The network's part of the pipeline: stores blocks, so many at a time, and gives their arrays back. */
final class BlockSender {
    private final BlockSink sink;
    private final Semaphore requests;
    private final Bandwidth bandwidth;
    private final BlockArrays arrays;
    private final Executor threads;
    private final FirstFailure failure;
    private final TransferMonitor monitor;

    BlockSender(
            BlockSink sink,
            int requests,
            Bandwidth bandwidth,
            BlockArrays arrays,
            Executor threads,
            FirstFailure failure,
            TransferMonitor monitor) {
        this.sink = sink;
        this.requests = new Semaphore(requests);
        this.bandwidth = bandwidth;
        this.arrays = arrays;
        this.threads = threads;
        this.failure = failure;
        this.monitor = monitor;
    }

    BlockArrays arrays() {
        return arrays;
    }

    /** Takes a block over, with its array, and returns at once. */
    void send(long offset, Checksum checksum, byte[] stored, int length, int blockBytes) {
        threads.execute(() -> {
            try {
                store(checksum, stored, length);
                monitor.done(blockBytes);
            } catch (RuntimeException e) {
                failure.note("cannot store the block at " + offset + " (" + checksum + ")", e);
            } catch (Error e) {
                failure.note(e); // thrown again by who waits for the run
            } finally {
                arrays.give(stored);
            }
        });
    }

    private void store(Checksum checksum, byte[] stored, int length) {
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
                bandwidth.take(length, monitor);
                sink.store(checksum, stored, length);
                monitor.sent(length);
            }
        } finally {
            requests.release();
        }
    }
}
