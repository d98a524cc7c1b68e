package io.drover.sandbox;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** Tells the longest time in which a repeated action did not get on. One thread reports progress, any thread may ask. */
final class PauseMeter {
    private final AtomicLong lastProgress = new AtomicLong(System.nanoTime());
    private final AtomicLong longest = new AtomicLong();

    /** The action begins, after a time in which nothing was tried. */
    void begin() {
        lastProgress.set(System.nanoTime());
    }

    /** The action was done once more. */
    void progress() {
        long now = System.nanoTime();
        longest.accumulateAndGet(now - lastProgress.getAndSet(now), Math::max);
    }

    /** Forgets the pauses so far. */
    void forget() {
        longest.set(0);
    }

    /** The longest pause since then, the one under way included. */
    Duration longest() {
        return Duration.ofNanos(Math.max(longest.get(), System.nanoTime() - lastProgress.get()));
    }
}
