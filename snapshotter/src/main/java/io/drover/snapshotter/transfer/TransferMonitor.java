package io.drover.snapshotter.transfer;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** What a run tells about itself while it works, and how it learns that nobody wants it any more. Safe for use by several threads. */
public final class TransferMonitor {
    private final AtomicLong total = new AtomicLong();
    private final AtomicLong done = new AtomicLong();
    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong read = new AtomicLong();
    private volatile LongSupplier requests = () -> 0;
    private volatile String step = "";
    private volatile boolean cancelled;

    /** What it does now, in words: {@code waits for the lock of volume pvc-1}. */
    public void step(String words) {
        step = words;
    }

    /** How many bytes of blocks there are to look at. */
    public void total(long bytes) {
        total.set(bytes);
    }

    /** More of the total is done with. */
    public void done(long bytes) {
        done.addAndGet(bytes);
    }

    /** So much more went over the network, either way. */
    public void sent(long bytes) {
        sent.addAndGet(bytes);
    }

    /** So much more was read from a snapshot. */
    public void read(long bytes) {
        read.addAndGet(bytes);
    }

    /** Who counts the requests to the store. */
    public void countRequestsBy(LongSupplier counter) {
        requests = counter;
    }

    /** Asks the run to stop soon. */
    public void cancel() {
        cancelled = true;
    }

    /**
     * Called by the run between blocks.
     *
     * @throws TransferCancelledException if it was cancelled
     */
    public void checkWanted() {
        if (cancelled) {
            throw new TransferCancelledException();
        }
    }

    public String step() {
        return step;
    }

    public long total() {
        return total.get();
    }

    public long done() {
        return done.get();
    }

    public long sent() {
        return sent.get();
    }

    public long read() {
        return read.get();
    }

    public long requests() {
        return requests.getAsLong();
    }
}
