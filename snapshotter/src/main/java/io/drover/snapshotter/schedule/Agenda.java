package io.drover.snapshotter.schedule;

import io.drover.core.model.EffectiveJob;
import io.drover.core.model.JobHistory;
import io.drover.core.model.JobSettings;
import java.util.List;
import java.util.Optional;

/** All jobs of all volumes, as they are at one moment. */
public record Agenda(JobSettings settings, List<Entry> entries) {
    public Agenda {
        entries = List.copyOf(entries);
    }

    /**
     * One job on one volume.
     *
     * @param attached whether the volume is attached to a host
     * @param job empty if the volume has no such job any more
     * @param history empty if the job was never seen before
     */
    public record Entry(JobKey key, boolean attached, Optional<EffectiveJob> job, Optional<JobHistory> history) {}
}
