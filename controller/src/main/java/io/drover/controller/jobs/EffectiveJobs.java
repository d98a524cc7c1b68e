package io.drover.controller.jobs;

import io.drover.core.error.StorageException;
import io.drover.core.jobs.RecurringJobRules;
import io.drover.core.model.EffectiveJob;
import io.drover.core.model.JobLabels;
import io.drover.core.model.JobSelector;
import io.drover.core.model.RecurringJob;
import io.drover.core.model.Volume;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Works out which jobs a volume has: its own, those that its selector or its labels name, those of the groups that these name; and where
 * none of this is there, those of the group {@value RecurringJob#DEFAULT_GROUP}. (The rule of Longhorn's "Recurring Snapshots and Backups".)
 * A job of the volume's own hides a RecurringJob of the same name. Pure.
 */
final class EffectiveJobs {
    private final Collection<RecurringJob> all;
    private final int maximumRetention;

    /**
     * Of these RecurringJobs.
     *
     * @param maximumRetention of one of them
     */
    EffectiveJobs(Collection<RecurringJob> all, int maximumRetention) {
        this.all = List.copyOf(all);
        this.maximumRetention = maximumRetention;
    }

    /** The jobs of a volume, by name. */
    List<EffectiveJob> of(Volume volume) {
        Set<String> names = new HashSet<>();
        Set<String> groups = new HashSet<>();
        for (JobSelector selector : volume.parameters().recurringJobSelector()) {
            (selector.isGroup() ? groups : names).add(selector.name());
        }
        volume.labels().forEach((key, value) -> {
            if (value.equals(JobLabels.ENABLED) && key.startsWith(JobLabels.CHOOSE_JOB)) {
                names.add(key.substring(JobLabels.CHOOSE_JOB.length()));
            }
            if (value.equals(JobLabels.ENABLED) && key.startsWith(JobLabels.CHOOSE_GROUP)) {
                groups.add(key.substring(JobLabels.CHOOSE_GROUP.length()));
            }
        });
        if (names.isEmpty()
                && groups.isEmpty()
                && volume.parameters().recurringJobs().isEmpty()) {
            groups.add(RecurringJob.DEFAULT_GROUP);
        }
        Map<String, EffectiveJob> jobs = new TreeMap<>();
        for (RecurringJob job : all) {
            if (names.contains(job.name()) || job.groups().stream().anyMatch(groups::contains)) {
                jobs.put(job.name(), EffectiveJob.of(job, problem(job)));
            }
        }
        volume.parameters().recurringJobs().forEach(job -> jobs.put(job.name(), EffectiveJob.of(job)));
        return List.copyOf(jobs.values());
    }

    /** What is wrong with a job that a person may have written past us. */
    String problem(RecurringJob job) {
        try {
            RecurringJobRules.require(job, maximumRetention);
            return "";
        } catch (StorageException e) {
            return String.valueOf(e.getMessage());
        }
    }
}
