package io.drover.snapshotter.target;

import io.drover.core.error.ErrorCode;
import io.drover.core.error.StorageException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Calls to the kernel that end for their caller even if the kernel does not answer, as with a file on a dead server. They run on a few
 * platform threads; one that is stuck stays so until the kernel gives up, and is missing to the others meanwhile.
 */
final class BoundedCalls implements AutoCloseable {
    private final ExecutorService threads;
    private final Semaphore free;
    private final Duration deadline;
    private final String description;

    /** @param deadline of each call, and of the wait for a free thread before it */
    BoundedCalls(String description, int threads, Duration deadline) {
        this.threads = Executors.newFixedThreadPool(
                threads, Thread.ofPlatform().name("target-", 0).daemon(true).factory());
        this.free = new Semaphore(threads);
        this.deadline = deadline;
        this.description = description;
    }

    /** @throws StorageException UNAVAILABLE after the deadline; else whatever the call throws */
    <T extends @Nullable Object> T call(String what, Callable<T> call) {
        FutureTask<T> task = new FutureTask<>(call);
        try {
            if (!free.tryAcquire(deadline.toNanos(), TimeUnit.NANOSECONDS)) {
                throw late(what, "all calls to it are stuck");
            }
            threads.execute(() -> {
                try {
                    task.run();
                } finally {
                    free.release();
                }
            });
            return task.get(deadline.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            task.cancel(true);
            throw late(what, "the server does not answer");
        } catch (InterruptedException e) {
            task.cancel(true);
            Thread.currentThread().interrupt();
            throw new StorageException(
                    ErrorCode.TIMEOUT, "cannot " + what + " of " + description + ": interrupted; call again", e);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            if (cause instanceof StorageException known) {
                throw known;
            }
            throw StorageException.internal("cannot " + what + " of " + description + ": " + cause, cause);
        }
    }

    private StorageException late(String what, String problem) {
        return StorageException.unavailable("cannot " + what + " of " + description + ": " + problem + " within "
                + deadline.toSeconds() + " s; is the server up, and the network between?");
    }

    /** Lets go of the threads, without waiting for those that are stuck. */
    @Override
    public void close() {
        threads.shutdownNow();
    }
}
