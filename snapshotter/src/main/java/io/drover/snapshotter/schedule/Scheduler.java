package io.drover.snapshotter.schedule;

import io.drover.core.error.ErrorCode;
import io.drover.core.error.StorageException;
import io.drover.core.model.EffectiveJob;
import io.drover.core.model.JobOutcome;
import io.drover.core.model.JobRun;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at all jobs again and again, and starts what is due: one run per volume and job, no more than the settings allow in all, and of one
 * RecurringJob no more than that allows. One thread looks; the runs go on beside it.
 */
public final class Scheduler {
    private static final Logger log = LoggerFactory.getLogger(Scheduler.class);
    /** After which a job that was added, changed or asked for is seen. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

    private static final Duration SHORTEST_WAIT = Duration.ofMillis(50);

    private final JobBoard board;
    private final Planner planner;
    private final Workers workers;
    private final Clock clock;
    /** The runs that are under way here. */
    private final Map<JobKey, EffectiveJob> active = new ConcurrentHashMap<>();

    private Optional<Instant> lastLook = Optional.empty();
    private boolean unanswered;

    public Scheduler(JobBoard board, Planner planner, Workers workers, Clock clock) {
        this.board = board;
        this.planner = planner;
        this.workers = workers;
        this.clock = clock;
    }

    /** How many runs are under way here. For any thread. */
    public int activeRuns() {
        return active.size();
    }

    /** Looks once, and returns after how long to look again. A look that fails is one that is repeated. */
    public Duration look() {
        try {
            Duration wait = lookAtAll();
            if (unanswered) {
                unanswered = false;
                log.atInfo().log("the jobs can be read again");
            }
            return wait;
        } catch (StorageException e) {
            if (!unanswered) {
                unanswered = true;
                log.atWarn()
                        .addKeyValue("code", e.code())
                        .log("cannot look at the jobs; trying on: {}", e.getMessage());
            }
            return LONGEST_WAIT;
        }
    }

    private Duration lookAtAll() {
        // What ends between reading the agenda and reading this set must not look as if it had been left by somebody.
        Set<JobKey> before = Set.copyOf(active.keySet());
        Agenda agenda = board.agenda();
        Instant now = clock.instant();
        Instant seenSince = lastLook.filter(now::isAfter).orElse(now);
        Instant next = now.plus(LONGEST_WAIT);
        List<Due> due = new ArrayList<>();
        for (Agenda.Entry entry : agenda.entries()) {
            switch (planner.decide(entry, agenda.settings(), now, seenSince)) {
                case Decision.Track track ->
                    attempt(entry.key(), () -> board.track(entry.key(), track.plan(), track.from()));
                case Decision.Continue(JobRun run) -> {
                    if (!before.contains(entry.key()) && !active.containsKey(entry.key())) {
                        start(entry.key(), entry.job().orElseThrow(), run);
                    }
                }
                case Decision.Abandon(JobRun run) -> {
                    if (!before.contains(entry.key()) && !active.containsKey(entry.key())) {
                        attempt(entry.key(), () -> abandon(entry.key(), run));
                    }
                }
                case Decision.Begin begin ->
                    due.add(new Due(entry.key(), entry.job().orElseThrow(), begin));
                case Decision.Wait(Instant until) -> next = until.isBefore(next) ? until : next;
                case Decision.Nothing() -> {}
            }
        }
        due.sort(Comparator.comparing((Due one) -> one.begin().scheduled()).thenComparing(Due::key));
        due.forEach(one -> begin(one, agenda.settings().concurrency()));
        lastLook = Optional.of(now);
        Duration wait = Duration.between(now, next);
        return wait.compareTo(SHORTEST_WAIT) < 0 ? SHORTEST_WAIT : wait;
    }

    private record Due(JobKey key, EffectiveJob job, Decision.Begin begin) {}

    private void begin(Due due, int concurrency) {
        if (active.size() >= concurrency || active.containsKey(due.key()) || isAtItsLimit(due.job())) {
            return; // it is due at the next look too
        }
        attempt(due.key(), () -> {
            JobRun run = board.begin(
                    due.key(),
                    due.begin().plan(),
                    due.begin().scheduled(),
                    due.begin().manual());
            start(due.key(), due.job(), run);
        });
    }

    private boolean isAtItsLimit(EffectiveJob job) {
        return job.concurrency() > 0
                && active.values().stream()
                                .filter(other -> !other.own() && other.name().equals(job.name()))
                                .count()
                        >= job.concurrency();
    }

    private void start(JobKey key, EffectiveJob job, JobRun run) {
        active.put(key, job);
        RunWork work = new RunWork(board, key, job, run, clock);
        workers.start("job " + key, () -> {
            Optional<Duration> again = work.step();
            if (again.isEmpty()) {
                active.remove(key);
            }
            return again;
        });
    }

    private void abandon(JobKey key, JobRun run) {
        board.finish(
                key,
                run,
                new JobRun.End(
                        JobOutcome.FAILED,
                        clock.instant(),
                        0,
                        "the job was taken from the volume before the run had ended"));
    }

    /** The trouble of one job is no other's. */
    private static void attempt(JobKey key, Runnable action) {
        try {
            action.run();
        } catch (StorageException e) {
            boolean overtaken = e.code() == ErrorCode.BUSY
                    || e.code() == ErrorCode.EXISTS_DIFFERENT
                    || e.code() == ErrorCode.NOT_FOUND;
            (overtaken ? log.atDebug() : log.atWarn())
                    .addKeyValue("volume", key.volume())
                    .addKeyValue("job", key.job())
                    .addKeyValue("code", e.code())
                    .log("job is looked at again soon: {}", e.getMessage());
        }
    }
}
