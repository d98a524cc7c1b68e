package io.drover.snapshotter.transfer;

import io.drover.core.error.ErrorCode;
import io.drover.core.error.StorageException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Semaphore;

/**
 * A fixed set of equally long arrays for blocks on their way, made when first needed and used again and again. A new array for each block
 * would fill the heap up to its limit between two collections, whatever is really in use.
 */
public final class BlockArrays {
    private final int length;
    private final Semaphore left;
    /** Guarded by itself. */
    private final Deque<byte[]> free = new ArrayDeque<>();

    /**
     * @param count how many there are at most
     * @param length of each
     */
    public BlockArrays(int count, int length) {
        this.length = length;
        this.left = new Semaphore(count, true);
    }

    /**
     * Waits for one. What it holds is anything.
     *
     * @throws StorageException TIMEOUT if the thread is interrupted
     */
    public byte[] take() {
        try {
            left.acquire();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StorageException(
                    ErrorCode.TIMEOUT, "interrupted while waiting for memory; the same call continues the work", e);
        }
        synchronized (free) {
            byte[] array = free.pollFirst();
            return array == null ? new byte[length] : array;
        }
    }

    /** Gives one back that was taken, once. */
    public void give(byte[] array) {
        synchronized (free) {
            free.addFirst(array);
        }
        left.release();
    }
}
