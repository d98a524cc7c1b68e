package io.drover.snapshotter.transfer;

import io.drover.core.error.ErrorCode;
import io.drover.core.error.StorageException;
import java.util.concurrent.Semaphore;

/** Memory that blocks on their way may take. Who wants more than is left waits until others give back. */
public final class MemoryBudget {
    private static final int UNIT = 1024;

    private final Semaphore units;

    public MemoryBudget(long bytes) {
        this.units = new Semaphore(units(bytes), true);
    }

    /**
     * Waits for memory.
     *
     * @throws StorageException TIMEOUT if the thread is interrupted
     */
    public void take(long bytes) {
        try {
            units.acquire(units(bytes));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StorageException(
                    ErrorCode.TIMEOUT, "interrupted while waiting for memory; the same call continues the work", e);
        }
    }

    /** Gives back what was taken, whole or in parts: {@code give(100, 30)} leaves 30 of 100 bytes taken. */
    public void give(long taken, long kept) {
        units.release(units(taken) - units(kept));
    }

    private static int units(long bytes) {
        return Math.toIntExact((bytes + UNIT - 1) / UNIT);
    }
}
