package io.drover.core.kubernetes;

import io.drover.core.error.ErrorCode;
import io.drover.core.error.StorageException;
import io.drover.core.resources.LeaseRecord;
import io.drover.core.time.Pause;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides by a Lease which of several processes leads.
 *
 * <p>No clock of another host is believed. A lease of somebody else is over when its holder did not change it for its whole duration, as
 * measured here, from the moment at which its last change was seen. The holder in turn counts from the moment before it sent the renewal
 * that came through, and stops {@link Timing#deadline} after that, which is shorter than the duration: so it has stopped before anybody
 * can believe it gone, whatever their clocks say, as long as they tick alike.
 */
public final class LeaderElection {
    private static final Logger log = LoggerFactory.getLogger(LeaderElection.class);

    private final LeaseObject lease;
    private final String identity;
    private final Timing timing;
    private final LongSupplier nanos;
    private final Pause pause;

    /**
     * How the lead is held.
     *
     * @param duration for which others believe a holder that is silent
     * @param deadline after which a holder that could not renew ends; shorter than the duration
     * @param retry pause between looks and renewals
     * @param attempt until a request counts as failed
     */
    public record Timing(Duration duration, Duration deadline, Duration retry, Duration attempt) {
        public static final Timing DEFAULT = new Timing(
                Duration.ofSeconds(15), Duration.ofSeconds(10), Duration.ofSeconds(2), Duration.ofSeconds(4));

        public Timing {
            if (deadline.compareTo(duration) >= 0 || attempt.compareTo(deadline) >= 0) {
                throw new IllegalArgumentException("a holder must stop before its lease is over");
            }
        }
    }

    /**
     * Takes part under a name.
     *
     * @param name of the Lease, in the driver's namespace
     * @param identity never used by another process, nor by this one's predecessor: that one may still be at work
     * @param nanos monotonic time
     */
    public LeaderElection(
            KubernetesConnection connection,
            String name,
            String identity,
            Timing timing,
            LongSupplier nanos,
            Clock clock,
            Pause pause) {
        this.lease = new LeaseObject(connection, name, timing.attempt(), clock, pause);
        this.identity = identity;
        this.timing = timing;
        this.nanos = nanos;
        this.pause = pause;
    }

    private record Observation(LeaseRecord lease, long since) {}

    /**
     * Waits until this process leads.
     *
     * @param stand whether to wait while another one leads
     * @param standing called with what it waits for, each time that this changes: "… leads", or why that is not known
     * @param lost called once, from a thread of its own, when the lead was lost; the caller ends its process at once
     * @throws StorageException IN_USE if another one leads and waiting is not wanted
     */
    public Lead acquire(boolean stand, Consumer<String> standing, Consumer<String> lost) {
        @Nullable Observation seen = null;
        String said = "";
        while (true) {
            String problem;
            try {
                Optional<LeaseRecord> found = lease.find();
                long now = nanos.getAsLong();
                if (found.isPresent() && (seen == null || !seen.lease().isSameClaim(found.get()))) {
                    if (seen != null && !stand && isHeld(found.get())) {
                        throw StorageException.inUse("cannot begin: "
                                + found.get().holder() + " leads (Lease " + lease + "); end it, or allow to stand by");
                    }
                    seen = new Observation(found.get(), now);
                }
                Optional<Lead> lead = found.isEmpty() ? create(lost) : take(found.get(), seen, now, lost);
                if (lead.isPresent()) {
                    return lead.get();
                }
                problem = found.map(LeaseRecord::holder).orElse("somebody else") + " leads";
            } catch (StorageException e) {
                if (e.code() == ErrorCode.IN_USE) {
                    throw e;
                }
                problem = "who leads is not known: " + e.getMessage();
            }
            if (!said.equals(problem)) {
                said = problem;
                log.atInfo().addKeyValue("lease", lease).log("standing by: {}", problem);
                standing.accept(problem);
            }
            pause.forDuration(timing.retry());
        }
    }

    private Optional<Lead> create(Consumer<String> lost) {
        long sent = nanos.getAsLong();
        return lease.create(identity, timing.duration()).map(mine -> lead(mine, sent, lost));
    }

    private Optional<Lead> take(LeaseRecord found, @Nullable Observation seen, long now, Consumer<String> lost) {
        Duration believed = found.duration().compareTo(timing.duration()) > 0 ? found.duration() : timing.duration();
        boolean over = seen != null && now - seen.since() > believed.toNanos();
        if (isHeld(found) && !over) {
            return Optional.empty();
        }
        long sent = nanos.getAsLong();
        return lease.take(found, identity, timing.duration()).map(mine -> lead(mine, sent, lost));
    }

    private static boolean isHeld(LeaseRecord lease) {
        return !lease.holder().isEmpty();
    }

    private Lead lead(LeaseRecord mine, long since, Consumer<String> lost) {
        log.atInfo()
                .addKeyValue("lease", lease)
                .addKeyValue("identity", identity)
                .log("this controller leads");
        return Lead.begin(lease, mine, since, timing, nanos, pause, lost);
    }
}
