package io.drover.snapshotter.restore;

import java.util.concurrent.Semaphore;

/** Lets no more threads compute at a time than the transfer may take of the host. */
final class Cores {
    private final Semaphore free;

    Cores(int count) {
        free = new Semaphore(count);
    }

    void run(Runnable work) {
        free.acquireUninterruptibly();
        try {
            work.run();
        } finally {
            free.release();
        }
    }
}
