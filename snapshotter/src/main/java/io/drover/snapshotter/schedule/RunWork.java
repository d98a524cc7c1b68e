package io.drover.snapshotter.schedule;

import io.drover.core.error.ErrorCode;
import io.drover.core.error.StorageException;
import io.drover.core.model.EffectiveJob;
import io.drover.core.model.JobOutcome;
import io.drover.core.model.JobRun;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run, done in steps that never wait. Each step begins at the beginning and finds done what was done: so a run goes on after any
 * interruption, in another process too.
 *
 * <pre>
 *   do the task ──▶ tidy up (retention) ──▶ write the end down
 *       │  ▲             │  ▲                  │  ▲
 *       └──┘ try again   └──┘ some times       └──┘ until it is written
 * </pre>
 */
final class RunWork {
    private static final Logger log = LoggerFactory.getLogger(RunWork.class);
    private static final Duration AGAIN = Duration.ofSeconds(3);
    /** How often what may work later is tried, before the run has failed: a minute in all. */
    private static final int ATTEMPTS = 20;

    private final JobBoard board;
    private final JobKey key;
    private final JobRun run;
    private final Task task;
    private final Clock clock;
    private int attempts;
    private Optional<Task.Done> done = Optional.empty();
    private String notes = "";

    RunWork(JobBoard board, JobKey key, EffectiveJob job, JobRun run, Clock clock) {
        this.board = board;
        this.key = key;
        this.run = run;
        this.task = Task.of(board, key, job, run);
        this.clock = clock;
    }

    /** Goes on. Returns when to go on again; empty when the run has ended. */
    Optional<Duration> step() {
        if (done.isEmpty()) {
            Optional<Duration> again = perform();
            if (again.isPresent()) {
                return again;
            }
        }
        if (done.get().outcome() != JobOutcome.FAILED && done.get().witness().isPresent()) {
            Optional<Duration> again = tidy(done.get().witness().get());
            if (again.isPresent()) {
                return again;
            }
        }
        return conclude(done.get());
    }

    private Optional<Duration> perform() {
        try {
            Task.Progress progress = task.proceed();
            switch (progress) {
                case Task.UnderWay(Duration pause) -> {
                    attempts = 0;
                    return Optional.of(pause);
                }
                case Task.Done end -> {
                    attempts = 0;
                    done = Optional.of(end);
                }
            }
        } catch (StorageException e) {
            if (isWorthAnotherTry(e)) {
                return Optional.of(AGAIN);
            }
            done = Optional.of(failed(e));
        } catch (RuntimeException e) {
            log.atError()
                    .addKeyValue("volume", key.volume())
                    .addKeyValue("job", key.job())
                    .setCause(e)
                    .log("a run met something unexpected");
            done = Optional.of(Task.Done.failed("internal error: " + e + "; the log has more"));
        }
        return Optional.empty();
    }

    private Task.Done failed(StorageException failure) {
        try {
            task.undo();
        } catch (StorageException e) {
            log.atWarn()
                    .addKeyValue("volume", key.volume())
                    .addKeyValue("job", key.job())
                    .log("what a failed run made is left for the next one: {}", e.getMessage());
        }
        return Task.Done.failed(String.valueOf(failure.getMessage()));
    }

    /** The run has succeeded already: what cannot be deleted is noted, and is deleted by the next run. */
    private Optional<Duration> tidy(String witness) {
        try {
            task.tidy(witness);
            notes = "";
        } catch (StorageException e) {
            if (isWorthAnotherTry(e)) {
                return Optional.of(AGAIN);
            }
            notes = "the oldest results are still there: " + e.getMessage();
        }
        return Optional.empty();
    }

    private boolean isWorthAnotherTry(StorageException failure) {
        return isTransient(failure) && ++attempts < ATTEMPTS;
    }

    private static boolean isTransient(StorageException failure) {
        return switch (failure.code()) {
            case UNAVAILABLE, TIMEOUT, BUSY, NOT_READY -> true;
            case INVALID, NOT_FOUND, EXISTS_DIFFERENT, OUT_OF_RANGE, NO_SPACE, IN_USE, UNSUPPORTED, CORRUPT, INTERNAL ->
                false;
        };
    }

    private Optional<Duration> conclude(Task.Done end) {
        String message =
                notes.isEmpty() || end.message().isEmpty() ? end.message() + notes : end.message() + "; " + notes;
        try {
            board.finish(key, run, new JobRun.End(end.outcome(), clock.instant(), end.bytes(), message));
        } catch (StorageException e) {
            if (e.code() == ErrorCode.NOT_FOUND) { // the volume is gone, and its history with it
                return Optional.empty();
            }
            if (end.outcome() == JobOutcome.FAILED) {
                // Nobody answers at all: then the task has not failed, and is done once somebody does.
                done = Optional.empty();
                attempts = 0;
            }
            return Optional.of(AGAIN);
        }
        log(end, message);
        return Optional.empty();
    }

    private void log(Task.Done end, String message) {
        (end.outcome() == JobOutcome.FAILED ? log.atWarn() : log.atInfo())
                .addKeyValue("volume", key.volume())
                .addKeyValue("job", key.job())
                .addKeyValue("result", run.result().isEmpty() ? "-" : run.result())
                .addKeyValue(
                        "durationMillis",
                        Duration.between(run.started(), clock.instant()).toMillis())
                .log(
                        "job {}{}",
                        end.outcome().name().toLowerCase(Locale.ROOT),
                        message.isEmpty() ? "" : ": " + message);
    }
}
