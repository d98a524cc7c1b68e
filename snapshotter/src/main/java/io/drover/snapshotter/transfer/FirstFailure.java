package io.drover.snapshotter.transfer;

import io.drover.core.error.StorageException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The failure that stops all threads of a run: the first one; those that follow from it say nothing new. */
public final class FirstFailure {
    private final AtomicReference<@Nullable Throwable> first = new AtomicReference<>();

    /** Whether to stop. */
    public boolean happened() {
        return first.get() != null;
    }

    /** Notes a failure, as it is. */
    public void note(Throwable failure) {
        first.compareAndSet(null, failure);
    }

    /** Notes a failure and with which part of the work it was, which is known here only. */
    public void note(String operation, RuntimeException failure) {
        note(
                failure instanceof StorageException known
                        ? new StorageException(known.code(), operation + ": " + known.getMessage(), known)
                        : failure);
    }

    /** Goes on with the failure, if there was one, on the thread that called for the work. */
    public void throwIfHappened() {
        switch (first.get()) {
            case null -> {}
            case RuntimeException failure -> throw failure;
            case Error failure -> throw failure;
            case Throwable failure -> throw new IllegalStateException(failure);
        }
    }
}
