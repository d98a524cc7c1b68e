package io.drover.core.model;

import java.time.Instant;
import java.util.Optional;

/**
 * One run of a job on a volume. It is recorded before anything is done, with the name of what it is going to make, so that it is
 * continued under this name after a crash.
 *
 * @param scheduled the time of its schedule, or when somebody asked for it
 * @param manual whether somebody asked for it
 * @param started when it was begun
 * @param result name of the snapshot, and of the backup made from it; empty for tasks that make none
 * @param end empty while it is under way
 */
public record JobRun(
        JobTask task, Instant scheduled, boolean manual, Instant started, String result, Optional<End> end) {
    /**
     * The end of a run.
     *
     * @param bytes that were uploaded, or given back to the disk
     * @param message what failed, with the remedy, or why nothing was done, or what else is worth knowing
     */
    public record End(JobOutcome outcome, Instant at, long bytes, String message) {}

    public JobRun ended(End with) {
        return new JobRun(task, scheduled, manual, started, result, Optional.of(with));
    }

    public boolean is(JobOutcome outcome) {
        return end.filter(one -> one.outcome() == outcome).isPresent();
    }
}
