package io.drover.core.time;

import io.drover.core.error.ErrorCode;
import io.drover.core.error.StorageException;
import java.time.Duration;

/** Lets time pass before something is looked at again. Tests give one that takes no time. */
@FunctionalInterface
public interface Pause {
    /** Sleeps on the calling thread. */
    Pause SLEEP = Pause::sleep;

    /**
     * Returns when the time is over.
     *
     * @throws StorageException TIMEOUT if the thread is interrupted; its flag is set again
     */
    void forDuration(Duration duration);

    private static void sleep(Duration duration) {
        try {
            Thread.sleep(duration);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StorageException(
                    ErrorCode.TIMEOUT, "interrupted while waiting; the same call continues the work", e);
        }
    }
}
