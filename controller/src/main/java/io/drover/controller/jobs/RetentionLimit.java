package io.drover.controller.jobs;

import io.drover.controller.volume.VolumeRecords;
import io.drover.core.error.StorageException;
import io.drover.core.model.EffectiveJob;
import io.drover.core.model.RecurringJob;
import io.drover.core.model.Settings;
import io.drover.core.model.Volume;
import io.drover.core.model.VolumeId;
import io.drover.core.model.VolumeState;
import io.drover.core.store.ResourceStore;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Holds what the jobs of a volume keep in sum, wherever they come from, against the setting {@code maximum-retention}. A change that brings
 * a volume above it is refused; one that leaves a volume above it, but lower or as it was, is not, so that there is a way out. Volumes are
 * made in any case, since the RecurringJobs that they choose are none of their maker's business: their condition says so.
 */
public final class RetentionLimit {
    private static final int SHOWN = 3;

    private final ResourceStore store;
    private final VolumeRecords volumes;
    private final Supplier<Settings> settings;

    RetentionLimit(ResourceStore store, Supplier<Settings> settings) {
        this.store = store;
        this.volumes = new VolumeRecords(store);
        this.settings = settings;
    }

    /**
     * Accepts a change of a volume's own jobs, selectors or labels.
     *
     * @throws StorageException INVALID if its jobs would keep too much
     */
    public void requireVolume(Volume before, Volume after) {
        EffectiveJobs jobs = recorded();
        excess(jobs.of(before), jobs.of(after)).ifPresent(excess -> {
            throw refusal("change the jobs of volume " + after.id(), "they would keep " + excess);
        });
    }

    /**
     * Accepts a new or changed RecurringJob.
     *
     * @throws StorageException INVALID naming volumes whose jobs would keep too much
     */
    void requireJob(RecurringJob wanted) {
        EffectiveJobs before = recorded();
        EffectiveJobs after = before.with(wanted);
        List<String> exceeded = new ArrayList<>();
        for (Volume volume : ready()) {
            excess(before.of(volume), after.of(volume))
                    .ifPresent(excess -> exceeded.add("the jobs of volume " + volume.id() + " would keep " + excess));
        }
        excess(before.ofGroup(RecurringJob.DEFAULT_GROUP), after.ofGroup(RecurringJob.DEFAULT_GROUP))
                .ifPresent(excess -> exceeded.add("the jobs of a volume that chooses none would keep " + excess));
        if (!exceeded.isEmpty()) {
            String more = exceeded.size() > SHOWN ? "; and " + (exceeded.size() - SHOWN) + " more" : "";
            throw refusal(
                    "use recurring job \"" + wanted.name() + "\" beside the others",
                    exceeded.stream().limit(SHOWN).collect(Collectors.joining("; ")) + more);
        }
    }

    /** The volumes whose jobs keep too much as it is, with a text for their conditions. */
    Map<VolumeId, String> exceeded() {
        EffectiveJobs jobs = recorded();
        Map<VolumeId, String> exceeded = new TreeMap<>();
        for (Volume volume : ready()) {
            exceeded(jobs, volume).ifPresent(text -> exceeded.put(volume.id(), text));
        }
        return exceeded;
    }

    /** The same of one volume that has its jobs of these. */
    Optional<String> exceeded(EffectiveJobs jobs, Volume volume) {
        return excess(List.of(), jobs.of(volume))
                .map(excess -> "its recurring jobs keep " + excess + "; let one of them retain less");
    }

    private static StorageException refusal(String operation, String problem) {
        return StorageException.invalid("cannot " + operation + ": " + problem
                + "; let one of them retain less, choose fewer, or raise the setting");
    }

    /** What is too much, in words; empty if it is within the limit or no more than before. */
    private Optional<String> excess(List<EffectiveJob> before, List<EffectiveJob> after) {
        long now = sum(after);
        int limit = settings.get().maximumRetention();
        if (now <= limit || now <= sum(before)) {
            return Optional.empty();
        }
        return Optional.of(now + " results in sum ("
                + after.stream()
                        .filter(RetentionLimit::counts)
                        .map(job -> job.name() + " " + job.retain())
                        .collect(Collectors.joining(", "))
                + "), at most " + limit + " are possible (setting maximum-retention)");
    }

    private static long sum(Collection<EffectiveJob> jobs) {
        return jobs.stream()
                .filter(RetentionLimit::counts)
                .mapToLong(EffectiveJob::retain)
                .sum();
    }

    private static boolean counts(EffectiveJob job) {
        return job.task().keepsResults() && job.problem().isEmpty();
    }

    private EffectiveJobs recorded() {
        return EffectiveJobs.recorded(store, settings.get());
    }

    private List<Volume> ready() {
        return volumes.visible().stream()
                .filter(volume -> volume.state() == VolumeState.READY)
                .toList();
    }
}
