package io.drover.snapshotter.schedule;

import io.drover.core.model.JobPlan;
import io.drover.core.model.JobRun;
import java.time.Instant;
import java.util.Optional;

/** What is to be done about a job on a volume at one moment. */
sealed interface Decision {
    /** Its times are to be counted from here on; empty = no more. */
    record Track(Optional<JobPlan> plan, Instant from) implements Decision {}

    /** A run is due. */
    record Begin(JobPlan plan, Instant scheduled, boolean manual) implements Decision {}

    /** A run was begun, by this process or by an earlier one. */
    record Continue(JobRun run) implements Decision {}

    /** A run was begun and its job is gone. */
    record Abandon(JobRun run) implements Decision {}

    /** Nothing until this moment, unless something changes. */
    record Wait(Instant until) implements Decision {}

    /** Nothing, unless something changes. */
    record Nothing() implements Decision {}
}
