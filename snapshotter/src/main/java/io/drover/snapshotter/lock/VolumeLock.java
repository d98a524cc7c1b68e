package io.drover.snapshotter.lock;

import io.drover.core.error.ErrorCode;
import io.drover.core.error.StorageException;
import io.drover.core.time.Pause;
import io.drover.snapshotter.target.TargetFiles;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What this process holds of one volume: one lock file, shared by all who need it here. Everything, calls to the target too, happens under
 * the monitor, so that a refresh never comes after the removal.
 */
final class VolumeLock {
    private static final Logger log = LoggerFactory.getLogger(VolumeLock.class);
    private static final Duration REFRESH = Duration.ofSeconds(60);
    private static final Duration RETRY = Duration.ofSeconds(10);
    private static final Duration LOOK = Duration.ofMillis(200);

    /** Some time before others may take it. */
    private static final Duration LOST = LockFile.EXPIRY.minusSeconds(15);

    private final String volume;
    private final Clock clock;
    private final Pause pause;
    private final Semaphore turns = new Semaphore(1, true);
    private @Nullable Holding holding;

    VolumeLock(String volume, Clock clock, Pause pause) {
        this.volume = volume;
        this.clock = clock;
        this.pause = pause;
    }

    synchronized HeldLock hold(LockType type, TargetFiles files, Supplier<TakenLock> taker) {
        Holding current = holding;
        if (current == null || (current.isLost() && current.type == type)) {
            Instant before = clock.instant();
            Holding taken = new Holding(type, taker.get(), before);
            holding = taken;
            taken.refresher = Thread.ofVirtual().name("lock " + volume).start(taken::keepFresh);
            return new Handle(taken, files);
        }
        if (type.excludes(current.type.number())) {
            throw StorageException.busy("volume " + volume + " of the backup store is in use by "
                    + current.type.description() + " of this host; try again when that has ended");
        }
        return new Handle(current, files);
    }

    /** One lock file of ours. */
    private final class Holding {
        private final LockType type;
        private final TakenLock file;
        private final List<Handle> users = new ArrayList<>();
        private Instant refreshed;
        private boolean lost;
        private @Nullable Thread refresher;

        private Holding(LockType type, TakenLock file, Instant refreshed) {
            this.type = type;
            this.file = file;
            this.refreshed = refreshed;
        }

        private boolean isLost() {
            synchronized (VolumeLock.this) {
                lost |= clock.instant().isAfter(refreshed.plus(LOST));
                return lost;
            }
        }

        private void keepFresh() {
            boolean fresh = true;
            while (waited(fresh ? REFRESH : RETRY)) {
                synchronized (VolumeLock.this) {
                    if (users.isEmpty() || isLost()) {
                        return;
                    }
                    fresh = refresh();
                }
            }
        }

        private boolean waited(Duration duration) {
            try {
                pause.forDuration(duration);
                return true;
            } catch (StorageException e) {
                return false; // interrupted: the lock was given back
            }
        }

        private boolean refresh() {
            Instant before = clock.instant();
            try {
                users.getFirst().files.write(file.path(), file.content());
                refreshed = before;
                return true;
            } catch (StorageException e) {
                log.atWarn()
                        .addKeyValue("volume", volume)
                        .addKeyValue("path", file.path())
                        .setCause(e)
                        .log("lock of a backup store could not be refreshed");
                return false;
            }
        }

        private void giveBack(Handle user) {
            users.remove(user);
            if (!users.isEmpty()) {
                return;
            }
            boolean wasLost = isLost();
            if (holding == this) {
                holding = null;
            }
            if (refresher != null) {
                refresher.interrupt();
            }
            if (wasLost) {
                return; // the file may be somebody's by now, or our own newer one's
            }
            try {
                user.files.delete(file.path());
            } catch (StorageException e) {
                log.atWarn()
                        .addKeyValue("volume", volume)
                        .addKeyValue("path", file.path())
                        .setCause(e)
                        .log("lock of a backup store could not be removed; it expires by itself");
            }
        }
    }

    /** One user's share, with its own way to the target: the first user may be gone while others still need the lock. */
    private final class Handle implements HeldLock {
        private final Holding of;
        private final TargetFiles files;
        private boolean open = true;

        private Handle(Holding of, TargetFiles files) {
            this.of = of;
            this.files = files;
            of.users.add(this);
        }

        @Override
        public void check() {
            if (of.isLost()) {
                throw StorageException.unavailable("the lock of volume " + volume
                        + " in the backup store could not be refreshed for " + LOST.toSeconds()
                        + " seconds and counts as lost; try again when the target answers");
            }
        }

        @Override
        public Instant taken() {
            return of.file.taken();
        }

        @Override
        public Turn turn(Runnable meanwhile) {
            try {
                while (!turns.tryAcquire(LOOK.toNanos(), TimeUnit.NANOSECONDS)) {
                    meanwhile.run();
                }
                AtomicBoolean mine = new AtomicBoolean(true);
                return () -> {
                    if (mine.getAndSet(false)) {
                        turns.release();
                    }
                };
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new StorageException(
                        ErrorCode.TIMEOUT,
                        "interrupted while waiting for other work on volume " + volume
                                + "; the same call continues the work",
                        e);
            }
        }

        @Override
        public void close() {
            synchronized (VolumeLock.this) {
                if (open) {
                    open = false;
                    of.giveBack(this);
                }
            }
        }
    }
}
