package io.drover.snapshotter.schedule;

import io.drover.core.error.StorageException;
import io.drover.core.jobs.Schedule;
import io.drover.core.model.EffectiveJob;
import io.drover.core.model.JobHistory;
import io.drover.core.model.JobPlan;
import io.drover.core.model.JobSettings;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Decides what is due. It remembers nothing that it could not work out again.
 *
 * <ul>
 *   <li>A job counts from when it is first seen, and again when its schedule changes: no time before that is missed.
 *   <li>Times that were missed run once, as the latest of them.
 *   <li>What is due while the volume may not run waits until it may.
 *   <li>Where the clock was put back, times that are done with do not come again; but where it went back far, the clock was wrong when
 *       they were done, and counting begins anew (cron(8) of Debian draws the line at three hours, and so does this; for what runs more
 *       often than that, at one interval).
 *   <li>Jitter delays a run by a part of the jitter that is always the same for a volume, job and time, and by half the interval at most.
 * </ul>
 */
public final class Planner {
    private static final Duration CORRECTION = Duration.ofHours(3);

    private final ZoneId zone;
    private final Duration jitter;
    /** Finding a time takes a while; most looks ask for the same one again. */
    private final Map<JobKey, Found> found = new ConcurrentHashMap<>();

    private record Found(JobPlan plan, Instant handled, Optional<Instant> next) {}

    /**
     * A planner.
     *
     * @param zone of jobs that name none
     * @param jitter by up to which runs are delayed; zero = none
     */
    public Planner(ZoneId zone, Duration jitter) {
        this.zone = zone;
        this.jitter = jitter;
    }

    /**
     * What is to be done.
     *
     * @param seenSince a job that is new or changed was not there, or not so, at this moment; not after now
     */
    Decision decide(Agenda.Entry entry, JobSettings settings, Instant now, Instant seenSince) {
        if (entry.job().isEmpty()) {
            return gone(entry, now);
        }
        EffectiveJob job = entry.job().get();
        if (entry.history().isPresent() && entry.history().get().running().isPresent()) {
            return new Decision.Continue(entry.history().get().running().get());
        }
        if (!job.problem().isEmpty()) {
            return new Decision.Nothing();
        }
        JobPlan plan = plan(job);
        if (entry.history().flatMap(JobHistory::plan).filter(plan::equals).isEmpty()) {
            Instant handled = entry.history().map(JobHistory::handled).orElse(seenSince);
            return new Decision.Track(Optional.of(plan), later(seenSince, earlier(handled, now)));
        }
        boolean mayRun = entry.attached() || settings.whileDetached();
        return due(entry.key(), plan, entry.history().orElseThrow(), mayRun, now);
    }

    private Decision gone(Agenda.Entry entry, Instant now) {
        found.remove(entry.key());
        Optional<JobHistory> history = entry.history();
        if (history.flatMap(JobHistory::running).isPresent()) {
            return new Decision.Abandon(history.get().running().get());
        }
        return history.flatMap(JobHistory::plan).isPresent()
                ? new Decision.Track(Optional.empty(), now)
                : new Decision.Nothing();
    }

    /** The plan of a job, with the time zone that holds for it. */
    JobPlan plan(EffectiveJob job) {
        return new JobPlan(job.task(), job.cron(), job.timeZone().isEmpty() ? zone.getId() : job.timeZone());
    }

    private Decision due(JobKey key, JobPlan plan, JobHistory history, boolean mayRun, Instant now) {
        if (history.requested().isPresent() && mayRun) {
            return new Decision.Begin(plan, history.requested().get(), true);
        }
        Optional<Instant> next = next(key, plan, history.handled());
        if (next.isEmpty()) {
            return new Decision.Nothing();
        }
        if (isOfAWrongClock(history.handled(), next.get(), now)) {
            return new Decision.Track(Optional.of(plan), now);
        }
        if (next.get().isAfter(now)) {
            return new Decision.Wait(next.get().plus(delay(key, plan, next.get())));
        }
        if (!mayRun) {
            return new Decision.Nothing();
        }
        return latest(key, plan, history.handled(), now);
    }

    /** The latest time that has come, jitter included; or the one before, if that is not done with either. */
    private Decision latest(JobKey key, JobPlan plan, Instant handled, Instant now) {
        Schedule schedule = Schedule.parse(plan.cron());
        Instant latest =
                schedule.previous(now.plusNanos(1), ZoneId.of(plan.zone())).orElseThrow();
        Instant start = latest.plus(delay(key, plan, latest));
        if (!start.isAfter(now)) {
            return new Decision.Begin(plan, latest, false);
        }
        Optional<Instant> before = schedule.previous(latest, ZoneId.of(plan.zone()));
        return before.filter(handled::isBefore)
                .<Decision>map(missed -> new Decision.Begin(plan, missed, false))
                .orElseGet(() -> new Decision.Wait(start));
    }

    private static boolean isOfAWrongClock(Instant handled, Instant next, Instant now) {
        Duration interval = Duration.between(handled, next);
        Duration most = interval.compareTo(CORRECTION) < 0 ? interval : CORRECTION;
        return handled.isAfter(now.plus(most));
    }

    private Duration delay(JobKey key, JobPlan plan, Instant time) {
        if (jitter.isZero()) {
            return Duration.ZERO;
        }
        Duration interval = next(plan, time)
                .map(following -> Duration.between(time, following))
                .orElse(jitter);
        Duration most = interval.dividedBy(2).compareTo(jitter) < 0 ? interval.dividedBy(2) : jitter;
        long spread = Integer.toUnsignedLong(mixed(key.toString().hashCode() * 31 + time.hashCode()));
        return Duration.ofMillis((long) (most.toMillis() * (spread / 0x1p32)));
    }

    /** Hashes of texts that are nearly equal are nearly equal (the finaliser of MurmurHash3 spreads them). */
    private static int mixed(int hash) {
        int mixed = (hash ^ (hash >>> 16)) * 0x85ebca6b;
        mixed = (mixed ^ (mixed >>> 13)) * 0xc2b2ae35;
        return mixed ^ (mixed >>> 16);
    }

    private Optional<Instant> next(JobKey key, JobPlan plan, Instant handled) {
        Found known = found.get(key);
        if (known == null || !known.plan().equals(plan) || !known.handled().equals(handled)) {
            known = new Found(plan, handled, next(plan, handled));
            found.put(key, known);
        }
        return known.next();
    }

    /** A job whose schedule cannot be read has no times; its problem says so elsewhere. */
    private static Optional<Instant> next(JobPlan plan, Instant after) {
        try {
            return Schedule.parse(plan.cron()).next(after, ZoneId.of(plan.zone()));
        } catch (StorageException | java.time.DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
