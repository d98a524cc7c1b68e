package io.drover.controller.jobs;

import io.drover.core.error.StorageException;
import io.drover.core.jobs.RecurringJobRules;
import io.drover.core.model.EffectiveJob;
import io.drover.core.model.JobSpecification;
import io.drover.core.model.RecurringJob;
import io.drover.core.model.Settings;
import io.drover.core.model.Volume;
import io.drover.core.store.ResourceStore;
import io.drover.core.store.Stored;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Works out which jobs a volume has: its own, those that its selector or its labels name, those of the groups that these name; and where
 * none of this is there, those of the group {@value RecurringJob#DEFAULT_GROUP}. (The rule of Longhorn's "Recurring Snapshots and Backups".)
 * A job of the volume's own hides a RecurringJob of the same name. Pure.
 */
final class EffectiveJobs {
    private final List<Candidate> candidates;
    private final int maximumRetention;

    /** A RecurringJob, looked at once for however many volumes. */
    private record Candidate(RecurringJob job, EffectiveJob effective) {}

    /**
     * Of these RecurringJobs.
     *
     * @param maximumRetention of one of them
     */
    EffectiveJobs(Collection<RecurringJob> all, int maximumRetention) {
        this.maximumRetention = maximumRetention;
        this.candidates = all.stream()
                .sorted(Comparator.comparing(RecurringJob::name))
                .map(job -> new Candidate(job, EffectiveJob.of(job, problem(job))))
                .toList();
    }

    /** Of those that are on record now. */
    static EffectiveJobs recorded(ResourceStore store, Settings settings) {
        return new EffectiveJobs(
                store.list(RecurringJob.class).stream().map(Stored::value).toList(), settings.maximumRetention());
    }

    /** As they would be with this job, new or in the place of the one of its name. */
    EffectiveJobs with(RecurringJob wanted) {
        Stream<RecurringJob> others = jobs().stream().filter(job -> !job.name().equals(wanted.name()));
        return new EffectiveJobs(Stream.concat(others, Stream.of(wanted)).toList(), maximumRetention);
    }

    /** All RecurringJobs, by name. */
    List<RecurringJob> jobs() {
        return candidates.stream().map(Candidate::job).toList();
    }

    /** What each of them is for a volume that has it, by name. */
    List<EffectiveJob> all() {
        return candidates.stream().map(Candidate::effective).toList();
    }

    /** The jobs of a volume, by name. */
    List<EffectiveJob> of(Volume volume) {
        JobChoice choice = JobChoice.of(volume);
        List<JobSpecification> own = volume.parameters().recurringJobs();
        if (choice.entries().isEmpty() && own.isEmpty()) {
            return ofGroup(RecurringJob.DEFAULT_GROUP);
        }
        Map<String, EffectiveJob> jobs = new TreeMap<>();
        candidates.stream()
                .filter(candidate -> choice.chooses(candidate.job()))
                .forEach(candidate -> jobs.put(candidate.job().name(), candidate.effective()));
        own.forEach(job -> jobs.put(job.name(), EffectiveJob.of(job)));
        return List.copyOf(jobs.values());
    }

    /** The jobs of a group, by name. */
    List<EffectiveJob> ofGroup(String group) {
        return candidates.stream()
                .filter(candidate -> candidate.job().groups().contains(group))
                .map(Candidate::effective)
                .toList();
    }

    /** What is wrong with a job that a person may have written past us. */
    private String problem(RecurringJob job) {
        try {
            RecurringJobRules.require(job, maximumRetention);
            return "";
        } catch (StorageException e) {
            return String.valueOf(e.getMessage());
        }
    }
}
