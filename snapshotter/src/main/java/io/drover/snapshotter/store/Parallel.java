package io.drover.snapshotter.store;

import io.drover.core.error.ErrorCode;
import io.drover.core.error.StorageException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.function.Function;

/** Asks a target many things at once. */
final class Parallel {
    private static final int REQUESTS = 16;

    private Parallel() {}

    /** The answers, in the order of the questions. The first error, in that order, is thrown when all have ended. */
    static <T, R> List<R> map(List<T> questions, Function<T, R> ask) {
        Semaphore limit = new Semaphore(REQUESTS);
        List<Future<R>> running = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (T question : questions) {
                running.add(threads.submit(() -> {
                    limit.acquire();
                    try {
                        return ask.apply(question);
                    } finally {
                        limit.release();
                    }
                }));
            }
        }
        List<R> answers = new ArrayList<>();
        for (Future<R> future : running) {
            answers.add(answer(future));
        }
        return answers;
    }

    private static <R> R answer(Future<R> future) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof StorageException failure) {
                throw new StorageException(failure.code(), String.valueOf(failure.getMessage()), e);
            }
            throw StorageException.internal("a request to the backup target failed: " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StorageException(ErrorCode.TIMEOUT, "interrupted while asking the backup target", e);
        }
    }
}
