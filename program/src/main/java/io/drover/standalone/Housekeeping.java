package io.drover.standalone;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs one task once, and another again and again with a pause between, on a thread of its own. */
public final class Housekeeping implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Housekeeping.class);

    private final Thread thread;

    private Housekeeping(Thread thread) {
        this.thread = thread;
    }

    /** Starts both at once. */
    public static Housekeeping start(Duration pause, Runnable once, Runnable repeatedly) {
        return new Housekeeping(Thread.ofVirtual().name("housekeeping").start(() -> {
            attempt(once);
            while (!Thread.currentThread().isInterrupted()) {
                try {
                    Thread.sleep(pause);
                } catch (InterruptedException e) {
                    return;
                }
                attempt(repeatedly);
            }
        }));
    }

    /** One failure must not end the loop; the next round tries again. */
    private static void attempt(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            log.atWarn().setCause(e).log("housekeeping failed; it is tried again");
        }
    }

    /** Does not wait for a task under way: each is repeatable. */
    @Override
    public void close() {
        thread.interrupt();
    }
}
