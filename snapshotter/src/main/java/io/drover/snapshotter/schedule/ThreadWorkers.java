package io.drover.snapshotter.schedule;

import io.drover.core.error.StorageException;
import io.drover.core.time.Pause;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** Each run on a virtual thread of its own. */
public final class ThreadWorkers implements Workers, AutoCloseable {
    private final Pause pause;
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();

    public ThreadWorkers(Pause pause) {
        this.pause = pause;
    }

    @Override
    public void start(String name, Supplier<Optional<Duration>> step) {
        Thread thread = Thread.ofVirtual().name(name).unstarted(() -> {
            try {
                Optional<Duration> again = step.get();
                while (again.isPresent() && !Thread.currentThread().isInterrupted()) {
                    pause.forDuration(again.get());
                    again = step.get();
                }
            } catch (StorageException e) {
                // Interrupted: the run is on record, and continued after the next start.
            } finally {
                threads.remove(Thread.currentThread());
            }
        });
        threads.add(thread);
        thread.start();
    }

    /** Does not wait for the runs: each is continued after the next start. */
    @Override
    public void close() {
        threads.forEach(Thread::interrupt);
    }
}
