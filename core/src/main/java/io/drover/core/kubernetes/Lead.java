package io.drover.core.kubernetes;

import io.drover.core.error.StorageException;
import io.drover.core.resources.LeaseRecord;
import io.drover.core.time.Pause;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A lead that this process has. One thread renews it; another one watches the time, also while a request of the first hangs, and tells
 * when too much of it is over.
 */
public final class Lead implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Lead.class);
    private static final Duration GLANCE = Duration.ofMillis(200);

    private final LeaseObject lease;
    private final LeaderElection.Timing timing;
    private final LongSupplier nanos;
    private final Pause pause;
    private final Consumer<String> lost;
    private final AtomicBoolean over = new AtomicBoolean();
    private final Thread renewer;
    private final Thread watcher;
    private volatile LeaseRecord mine;
    private volatile long renewed;

    private Lead(
            LeaseObject lease,
            LeaseRecord mine,
            long renewed,
            LeaderElection.Timing timing,
            LongSupplier nanos,
            Pause pause,
            Consumer<String> lost) {
        this.lease = lease;
        this.mine = mine;
        this.renewed = renewed;
        this.timing = timing;
        this.nanos = nanos;
        this.pause = pause;
        this.lost = lost;
        // Of the platform: virtual threads share a few carriers, which calls of others may hold.
        this.renewer = Thread.ofPlatform().daemon().name("lease-renewer").unstarted(this::renew);
        this.watcher = Thread.ofPlatform().daemon().name("lease-watcher").unstarted(this::watch);
    }

    static Lead begin(
            LeaseObject lease,
            LeaseRecord mine,
            long renewed,
            LeaderElection.Timing timing,
            LongSupplier nanos,
            Pause pause,
            Consumer<String> lost) {
        Lead lead = new Lead(lease, mine, renewed, timing, nanos, pause, lost);
        lead.watcher.start();
        lead.renewer.start();
        return lead;
    }

    /** Whether this process surely leads at this moment. */
    public boolean isHeld() {
        return !over.get() && nanos.getAsLong() - renewed <= timing.deadline().toNanos();
    }

    /** Gives the lead back, so that nobody has to wait. To be called when nothing is at work any more. */
    @Override
    public void close() {
        boolean held = isHeld();
        if (!over.compareAndSet(false, true)) {
            return;
        }
        watcher.interrupt();
        renewer.interrupt();
        try {
            renewer.join(timing.attempt());
            if (held && giveBack()) {
                log.atInfo().addKeyValue("lease", lease).log("the lead is given back");
            }
        } catch (StorageException e) {
            log.atInfo().addKeyValue("lease", lease).log("the lead is not given back, it runs out: {}", e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A renewal that was interrupted may have come through, and changed the version. */
    private boolean giveBack() {
        return lease.release(mine).isPresent()
                || lease.find()
                        .filter(found -> found.holder().equals(mine.holder()))
                        .flatMap(lease::release)
                        .isPresent();
    }

    private void renew() {
        try {
            while (!over.get()) {
                pause.forDuration(attempt() ? timing.retry() : GLANCE);
            }
        } catch (StorageException e) {
            Thread.currentThread().interrupt(); // closed
        }
    }

    /** Whether the next renewal can wait. */
    private boolean attempt() {
        try {
            long sent = nanos.getAsLong();
            Optional<LeaseRecord> next = lease.renew(mine);
            if (next.isPresent()) {
                mine = next.get();
                renewed = sent;
                return true;
            }
            Optional<LeaseRecord> found = lease.find();
            if (found.isEmpty() || !found.get().holder().equals(mine.holder())) {
                lose(found.map(other -> "it is " + (other.holder().isEmpty() ? "nobody's" : other.holder() + "'s"))
                        .orElse("it was deleted"));
                return true;
            }
            // An earlier renewal whose answer was lost, or somebody's label.
            mine = found.get();
            return false;
        } catch (StorageException e) {
            var event = over.get() ? log.atDebug() : log.atWarn();
            event.addKeyValue("lease", lease).log("the lead could not be renewed: {}", e.getMessage());
            return true;
        }
    }

    private void watch() {
        try {
            while (!over.get()) {
                if (!isHeld()) {
                    lose("it could not be renewed for " + timing.deadline().toSeconds() + " s");
                }
                pause.forDuration(GLANCE);
            }
        } catch (StorageException e) {
            Thread.currentThread().interrupt(); // closed
        }
    }

    private void lose(String why) {
        if (over.compareAndSet(false, true)) {
            lost.accept("the lead is lost (Lease " + lease + "): " + why);
        }
    }
}
