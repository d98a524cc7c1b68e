package io.drover.snapshotter.lock;

import io.drover.core.error.StorageException;
import java.time.Instant;

/** A lock of a volume, refreshed in the background until it is closed. */
public interface HeldLock extends AutoCloseable {
    /**
     * Makes sure that the lock is still ours. Call it before every step that others could suffer from. It makes no call to the target.
     *
     * @throws StorageException UNAVAILABLE if it could not be refreshed for so long that others take it for abandoned; it stays lost
     */
    void check();

    /** When it was taken, by the server's clock. */
    Instant taken();

    /**
     * Waits for a turn: of those in this process that hold the lock of the volume, one at a time has it. For what reads a file and then
     * replaces it, which the lock itself lets several do at once.
     *
     * @param meanwhile called now and then while it waits; what it throws ends the waiting
     * @throws StorageException TIMEOUT if the thread is interrupted
     */
    Turn turn(Runnable meanwhile);

    /** A turn, until it is closed. */
    interface Turn extends AutoCloseable {
        /** Lets the next one have it. Closing again does nothing. */
        @Override
        void close();
    }

    /** Gives it back. Closing again does nothing. A lock file that cannot be removed expires by itself. */
    @Override
    void close();
}
