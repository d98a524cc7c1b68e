package io.drover.core.model;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What became of one job on one volume: which times of its schedule are done with, the run under way, and the latest ones. This record
 * decides whether a run is due; nothing else remembers.
 *
 * @param plan the schedule that {@code handled} belongs to; empty while the volume has no such job
 * @param handled times up to this one are done with
 * @param requested when somebody asked for a run that has not begun yet
 * @param running the run under way
 * @param runs those that ended, the newest first; at most {@value #KEPT}
 * @param failuresInRow since the latest success
 * @param failures of all time
 * @param lastSuccess when the latest successful run ended
 * @param lastDuration how long that run took
 */
public record JobHistory(
        VolumeId volume,
        String job,
        Optional<JobPlan> plan,
        Instant handled,
        Optional<Instant> requested,
        Optional<JobRun> running,
        List<JobRun> runs,
        int failuresInRow,
        long failures,
        Optional<Instant> lastSuccess,
        Optional<Duration> lastDuration,
        Instant createdAt)
        implements Resource {
    /** How many runs are kept. */
    public static final int KEPT = 20;

    public JobHistory {
        runs = List.copyOf(runs);
    }

    /** The history of a job that was never seen before. */
    public static JobHistory begin(VolumeId volume, String job, Instant now) {
        return new JobHistory(
                volume,
                job,
                Optional.empty(),
                now,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                0,
                0,
                Optional.empty(),
                Optional.empty(),
                now);
    }

    @Override
    public String key() {
        return key(volume, job);
    }

    /** The key of a history: unique, as '.' is in no job's name. */
    public static String key(VolumeId volume, String job) {
        return volume + "." + job;
    }

    /** Counts from here on by this schedule; without one the job is none of the volume's any more, and what was asked for is off. */
    public JobHistory tracked(Optional<JobPlan> by, Instant from) {
        return with(by, from, by.isPresent() ? requested : Optional.empty(), running);
    }

    /** Somebody wants a run now. */
    public JobHistory wanted(Instant when) {
        return with(plan, handled, Optional.of(when), running);
    }

    /** A run is under way; one that was asked for is the answer to the request, every other one does with all times up to its own. */
    public JobHistory begun(JobRun run) {
        return run.manual()
                ? with(plan, handled, Optional.empty(), Optional.of(run))
                : with(plan, run.scheduled(), requested, Optional.of(run));
    }

    /** The run under way has ended. One that was skipped takes the place of the one before if that was skipped for the same reason. */
    public JobHistory ended(JobRun.End end) {
        JobRun run = running.orElseThrow().ended(end);
        List<JobRun> next = new ArrayList<>(runs);
        if (end.outcome() == JobOutcome.SKIPPED && !next.isEmpty() && isLike(next.getFirst(), end)) {
            next.removeFirst();
        }
        next.addFirst(run);
        boolean failed = end.outcome() == JobOutcome.FAILED;
        boolean succeeded = end.outcome() == JobOutcome.SUCCEEDED;
        return new JobHistory(
                volume,
                job,
                plan,
                handled,
                requested,
                Optional.empty(),
                next.subList(0, Math.min(KEPT, next.size())),
                failed ? failuresInRow + 1 : 0,
                failures + (failed ? 1 : 0),
                succeeded ? Optional.of(end.at()) : lastSuccess,
                succeeded ? Optional.of(Duration.between(run.started(), end.at())) : lastDuration,
                createdAt);
    }

    private static boolean isLike(JobRun run, JobRun.End end) {
        return run.is(JobOutcome.SKIPPED)
                && run.end()
                        .map(JobRun.End::message)
                        .filter(end.message()::equals)
                        .isPresent();
    }

    private JobHistory with(
            Optional<JobPlan> nextPlan,
            Instant nextHandled,
            Optional<Instant> nextRequested,
            Optional<JobRun> nextRunning) {
        return new JobHistory(
                volume,
                job,
                nextPlan,
                nextHandled,
                nextRequested,
                nextRunning,
                runs,
                failuresInRow,
                failures,
                lastSuccess,
                lastDuration,
                createdAt);
    }
}
