package io.drover.controller.jobs;

import io.drover.controller.volume.VolumeRecords;
import io.drover.controller.volume.VolumeTroubles;
import io.drover.core.jobs.RecurringJobRules;
import io.drover.core.jobs.Schedule;
import io.drover.core.model.EffectiveJob;
import io.drover.core.model.JobHistory;
import io.drover.core.model.JobPlan;
import io.drover.core.model.JobSettings;
import io.drover.core.model.Settings;
import io.drover.core.model.Volume;
import io.drover.core.model.VolumeId;
import io.drover.core.model.VolumeState;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Answers which jobs there are, on which volumes, and how they stand. Changes nothing. */
public final class JobAgenda implements VolumeTroubles {
    private final VolumeRecords volumes;
    private final JobCatalog catalog;
    private final JobHistories histories;
    private final RetentionLimit limit;
    private final Supplier<Settings> settings;
    private final Clock clock;

    JobAgenda(
            VolumeRecords volumes,
            JobCatalog catalog,
            JobHistories histories,
            RetentionLimit limit,
            Supplier<Settings> settings,
            Clock clock) {
        this.volumes = volumes;
        this.catalog = catalog;
        this.histories = histories;
        this.limit = limit;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * A job on a volume.
     *
     * @param volume empty if no volume has it
     * @param job empty if the volume has it no more
     * @param history empty if it was never seen by the scheduler
     */
    public record Entry(
            Optional<VolumeId> volume,
            String name,
            boolean attached,
            Optional<EffectiveJob> job,
            Optional<JobHistory> history) {}

    /** The settings of the jobs as they are now. */
    public JobSettings settings() {
        return settings.get().jobs();
    }

    /** All jobs of all volumes that can be worked with; also those that a volume has no more and that are still counted or running. */
    public List<Entry> all() {
        return all(catalog.effective());
    }

    private List<Entry> all(EffectiveJobs effective) {
        Map<String, JobHistory> known = histories.all();
        List<Entry> entries = new ArrayList<>();
        for (Volume volume : volumes.visible()) {
            if (volume.state() == VolumeState.READY) {
                for (EffectiveJob job : effective.of(volume)) {
                    Optional<JobHistory> history =
                            Optional.ofNullable(known.remove(JobHistory.key(volume.id(), job.name())));
                    entries.add(entry(volume, job, history));
                }
            }
        }
        known.values().stream()
                .filter(history ->
                        history.plan().isPresent() || history.running().isPresent())
                .map(history -> new Entry(
                        Optional.of(history.volume()), history.job(), false, Optional.empty(), Optional.of(history)))
                .forEach(entries::add);
        return entries;
    }

    /** For people: the jobs of one volume, or of all and then those that no volume has. */
    public List<Entry> list(Optional<VolumeId> of) {
        if (of.isPresent()) {
            return of(volumes.visible(of.get()));
        }
        EffectiveJobs effective = catalog.effective();
        List<Entry> used =
                all(effective).stream().filter(entry -> entry.job().isPresent()).toList();
        Stream<Entry> unused = effective.all().stream()
                .filter(job -> used.stream()
                        .flatMap(entry -> entry.job().stream())
                        .noneMatch(other -> !other.own() && other.name().equals(job.name())))
                .map(job -> new Entry(Optional.empty(), job.name(), false, Optional.of(job), Optional.empty()));
        return Stream.concat(used.stream(), unused).toList();
    }

    /** Those of one volume, in whatever state it is. */
    public List<Entry> of(Volume volume) {
        return catalog.effective().of(volume).stream()
                .map(job -> entry(volume, job, histories.find(volume.id(), job.name())))
                .toList();
    }

    /** What should be said about the jobs that a volume wants: names without a job, too much kept, jobs that cannot run. */
    public List<String> warnings(Volume volume) {
        EffectiveJobs effective = catalog.effective();
        List<String> warnings = new ArrayList<>(new JobWarnings(effective.jobs()).of(volume, effective.of(volume)));
        limit.exceeded(effective, volume).ifPresent(warnings::add);
        return warnings;
    }

    /** The volumes that choose a RecurringJob by its name. */
    public List<VolumeId> choosing(String job) {
        return volumes.visible().stream()
                .filter(volume -> JobChoice.of(volume).entries().stream()
                        .anyMatch(entry -> !entry.isGroup() && entry.name().equals(job)))
                .map(Volume::id)
                .toList();
    }

    /** About their jobs: those that keep failing, and too much kept. */
    @Override
    public Map<VolumeId, List<String>> troubles() {
        Map<VolumeId, List<String>> troubles = new TreeMap<>(histories.troubles());
        limit.exceeded()
                .forEach((volume, text) ->
                        troubles.computeIfAbsent(volume, _ -> new ArrayList<>()).add(text));
        return troubles;
    }

    @Override
    public List<String> troubles(Volume volume) {
        List<String> troubles = new ArrayList<>(histories.troubles(volume.id()));
        if (volume.state() == VolumeState.READY) {
            limit.exceeded(catalog.effective(), volume).ifPresent(troubles::add);
        }
        return troubles;
    }

    /** The histories of one volume or job, or all. */
    public List<JobHistory> histories(Optional<VolumeId> volume, Optional<String> job) {
        volume.ifPresent(id -> {
            var _ = volumes.visible(id);
        });
        return histories.all().values().stream()
                .filter(history -> volume.isEmpty() || history.volume().equals(volume.get()))
                .filter(history -> job.isEmpty() || history.job().equals(job.get()))
                .toList();
    }

    /** When a job runs next by its schedule; in the past if that is due. Empty before the scheduler has seen it. */
    public Optional<Instant> next(Entry entry) {
        Optional<JobHistory> history = entry.history().filter(one -> one.plan().isPresent());
        if (history.isEmpty()) {
            return Optional.empty();
        }
        JobPlan plan = history.get().plan().get();
        return Schedule.parse(plan.cron()).next(history.get().handled(), RecurringJobRules.zone(plan.zone()));
    }

    /** Whether a job is due and waits until its volume is attached. */
    public boolean waitsForAttachment(Entry entry) {
        return entry.volume().isPresent()
                && !entry.attached()
                && !settings().whileDetached()
                && next(entry).filter(clock.instant()::isAfter).isPresent();
    }

    private static Entry entry(Volume volume, EffectiveJob job, Optional<JobHistory> history) {
        return new Entry(
                Optional.of(volume.id()), job.name(), volume.attachment().isPresent(), Optional.of(job), history);
    }
}
