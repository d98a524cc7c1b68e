package io.drover.snapshotter.transfer;

import io.drover.core.time.Pause;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Lets so many bytes pass in a second, over all threads of a transfer. Whoever comes is given the next free moment, and waits for it:
 * nothing is saved up while nobody comes, so that there are no bursts.
 */
public final class Bandwidth {
    /** A wait is cut into pieces of this length, so that cancelling ends it soon. */
    private static final long PIECE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    private final long bytesPerSecond;
    private final LongSupplier nanos;
    private final Pause pause;
    private long nextFree;

    /**
     * A limit.
     *
     * @param bytesPerSecond 0 = unlimited
     * @param nanos a clock that only goes forward
     */
    public Bandwidth(long bytesPerSecond, LongSupplier nanos, Pause pause) {
        this.bytesPerSecond = bytesPerSecond;
        this.nanos = nanos;
        this.pause = pause;
        this.nextFree = nanos.getAsLong();
    }

    /**
     * Returns when so many bytes may be sent.
     *
     * @throws TransferCancelledException if the transfer is cancelled meanwhile
     */
    public void take(long bytes, TransferMonitor monitor) {
        if (bytesPerSecond == 0) {
            return;
        }
        long turn = reserve(bytes);
        for (long wait = turn - nanos.getAsLong(); wait > 0; wait = turn - nanos.getAsLong()) {
            monitor.checkWanted();
            pause.forDuration(Duration.ofNanos(Math.min(wait, PIECE_NANOS)));
        }
    }

    private synchronized long reserve(long bytes) {
        long now = nanos.getAsLong();
        long turn = nextFree - now > 0 ? nextFree : now;
        nextFree = turn + (long) (bytes * (double) TimeUnit.SECONDS.toNanos(1) / bytesPerSecond);
        return turn;
    }
}
