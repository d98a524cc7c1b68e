package io.drover.controller.jobs;

import io.drover.core.error.NearestName;
import io.drover.core.model.EffectiveJob;
import io.drover.core.model.JobLabels;
import io.drover.core.model.JobSpecification;
import io.drover.core.model.RecurringJob;
import io.drover.core.model.Volume;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Finds what a volume says about jobs and what has no effect: nobody who mistypes a name should believe that there are backups. Pure. */
final class JobWarnings {
    /** What Longhorn's labels begin with where ours begin with {@link JobLabels#CHOOSE_JOB} and {@link JobLabels#CHOOSE_GROUP}. */
    private static final Map<String, String> FOREIGN = Map.of(
            "recurring-job.longhorn.io/", JobLabels.CHOOSE_JOB,
            "recurring-job-group.longhorn.io/", JobLabels.CHOOSE_GROUP);

    private final Collection<RecurringJob> all;

    JobWarnings(Collection<RecurringJob> all) {
        this.all = List.copyOf(all);
    }

    /**
     * What should be said about a volume, each with what to do about it.
     *
     * @param jobs those that it has
     */
    List<String> of(Volume volume, List<EffectiveJob> jobs) {
        List<String> warnings = new ArrayList<>();
        List<JobChoice.Entry> chosen = JobChoice.of(volume).entries();
        for (JobChoice.Entry entry : chosen) {
            if (all.stream().noneMatch(entry::chooses)) {
                warnings.add(unknown(entry));
            } else if (!entry.isGroup() && isOwn(volume, entry.name())) {
                warnings.add(entry.where() + " has no effect: the volume has a job \"" + entry.name()
                        + "\" of its own, which goes before the RecurringJob of this name");
            }
        }
        volume.labels().forEach((key, value) -> {
            if (!value.equals(JobLabels.ENABLED) && JobChoice.ofLabel(key).isPresent()) {
                warnings.add("label " + key + " has the value \"" + NearestName.shown(value)
                        + "\" and chooses nothing; give it the value \"" + JobLabels.ENABLED + "\"");
            }
            FOREIGN.forEach((foreign, ours) -> {
                if (key.startsWith(foreign)) {
                    warnings.add("label " + key + " has no effect; write " + ours + key.substring(foreign.length()));
                }
            });
        });
        if (!chosen.isEmpty() && jobs.isEmpty()) {
            warnings.add("the volume has no recurring job at all: those of the group \"" + RecurringJob.DEFAULT_GROUP
                    + "\" are for volumes that choose none");
        }
        jobs.stream()
                .filter(job -> !job.problem().isEmpty())
                .forEach(job -> warnings.add("recurring job " + job.name() + " cannot run: " + job.problem()));
        return warnings;
    }

    private String unknown(JobChoice.Entry entry) {
        String kind = entry.isGroup() ? "group" : "job";
        List<String> known = names(entry.isGroup());
        return entry.where() + " names the " + kind + " \"" + entry.name() + "\", "
                + (entry.isGroup() ? "to which no RecurringJob belongs" : "which does not exist")
                + (known.isEmpty() ? "; there are no " + kind + "s" : NearestName.hint(entry.name(), known));
    }

    private List<String> names(boolean groups) {
        return all.stream()
                .flatMap(job -> groups ? job.groups().stream() : Stream.of(job.name()))
                .distinct()
                .toList();
    }

    private static boolean isOwn(Volume volume, String name) {
        return volume.parameters().recurringJobs().stream()
                .map(JobSpecification::name)
                .anyMatch(name::equals);
    }
}
