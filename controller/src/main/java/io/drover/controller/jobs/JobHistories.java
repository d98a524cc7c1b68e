package io.drover.controller.jobs;

import io.drover.controller.volume.VolumeRecords;
import io.drover.core.error.ErrorCode;
import io.drover.core.error.NearestName;
import io.drover.core.error.StorageException;
import io.drover.core.model.Backup;
import io.drover.core.model.BackupId;
import io.drover.core.model.EffectiveJob;
import io.drover.core.model.JobHistory;
import io.drover.core.model.JobPlan;
import io.drover.core.model.JobRun;
import io.drover.core.model.Settings;
import io.drover.core.model.SnapshotId;
import io.drover.core.model.Volume;
import io.drover.core.model.VolumeId;
import io.drover.core.store.ResourceStore;
import io.drover.core.store.Stored;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * What became of the runs. One record per volume and job decides, by compare and swap: a time of a schedule is run at most once, and never
 * two runs of a job at a time, however many schedulers there are.
 */
public final class JobHistories {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);
    private static final int LONGEST_MESSAGE = 2000;

    private final ResourceStore store;
    private final VolumeRecords volumes;
    private final Supplier<Settings> settings;
    private final Clock clock;

    JobHistories(ResourceStore store, Supplier<Settings> settings, Clock clock) {
        this.store = store;
        this.volumes = new VolumeRecords(store);
        this.settings = settings;
        this.clock = clock;
    }

    /** All, by volume and job. */
    public Map<String, JobHistory> all() {
        Map<String, JobHistory> all = new TreeMap<>();
        store.list(JobHistory.class).forEach(stored -> all.put(stored.value().key(), stored.value()));
        return all;
    }

    /** Counts the times of a job from here on by this plan; without one, no more. The same again does nothing. */
    public void track(VolumeId volume, String job, Optional<JobPlan> plan, Instant from) {
        if (find(volume, job).isEmpty()) {
            var _ = volumes.ready("run jobs on", volume);
            createIfAbsent(JobHistory.begin(volume, job, clock.instant()));
        }
        store.change(
                JobHistory.class,
                JobHistory.key(volume, job),
                now -> now.plan().equals(plan) && now.handled().equals(from) ? now : now.tracked(plan, from));
    }

    private void createIfAbsent(JobHistory history) {
        try {
            store.create(history);
        } catch (StorageException e) {
            if (e.code() != ErrorCode.EXISTS_DIFFERENT) {
                throw e;
            }
        }
    }

    /**
     * Writes down that a run begins.
     *
     * @return the run, with the name of what it is to make
     * @throws StorageException EXISTS_DIFFERENT if this time is done with, the plan is another, or nobody asked for a run; BUSY while one is
     *     under way; NOT_FOUND without the volume or the history
     */
    public JobRun begin(VolumeId volume, String job, JobPlan plan, Instant scheduled, boolean manual) {
        var _ = volumes.ready("run a job on", volume);
        String result = plan.task().keepsResults() ? freeName(volume, job, scheduled) : "";
        JobRun run = new JobRun(plan.task(), scheduled, manual, clock.instant(), result, Optional.empty());
        return store.change(JobHistory.class, JobHistory.key(volume, job), now -> begun(now, plan, run))
                .value()
                .running()
                .orElseThrow();
    }

    private static JobHistory begun(JobHistory now, JobPlan plan, JobRun run) {
        String name = now.job() + " of volume " + now.volume();
        if (now.running().isPresent()) {
            throw StorageException.busy("cannot begin a run of job " + name + ": the one of "
                    + now.running().get().scheduled() + " is under way");
        }
        if (!now.plan().equals(Optional.of(plan))) {
            throw StorageException.existsDifferent("cannot begin a run of job " + name + ": it was changed meanwhile");
        }
        boolean due = run.manual()
                ? now.requested().equals(Optional.of(run.scheduled()))
                : run.scheduled().isAfter(now.handled());
        if (!due) {
            throw StorageException.existsDifferent(
                    "cannot begin the run of " + run.scheduled() + " of job " + name + ": it was done already");
        }
        return now.begun(run);
    }

    private String freeName(VolumeId volume, String job, Instant scheduled) {
        String name = job + "-" + TIME.format(scheduled);
        String free = name;
        for (int i = 2; isTaken(volume, free); i++) {
            free = name + "-" + i;
        }
        return free;
    }

    private boolean isTaken(VolumeId volume, String name) {
        return volumes.snapshot(new SnapshotId(volume, name)).isPresent()
                || store.find(Backup.class, Backup.key(new BackupId(volume, name)))
                        .isPresent();
    }

    /**
     * Writes down how a run ended. Does nothing if it is not under way.
     *
     * @throws StorageException NOT_FOUND without the history: the volume is gone
     */
    public void finish(VolumeId volume, String job, JobRun run) {
        JobRun.End given = run.end().orElseThrow(() -> StorageException.invalid("the end of the run is missing"));
        String message = given.message().length() > LONGEST_MESSAGE
                ? given.message().substring(0, LONGEST_MESSAGE) + "…"
                : given.message();
        JobRun.End end = new JobRun.End(given.outcome(), given.at(), given.bytes(), message);
        store.change(
                JobHistory.class,
                JobHistory.key(volume, job),
                now -> now.running().filter(running -> isSame(running, run)).isPresent() ? now.ended(end) : now);
    }

    private static boolean isSame(JobRun one, JobRun other) {
        return one.scheduled().equals(other.scheduled()) && one.started().equals(other.started());
    }

    /**
     * Asks for a run as soon as possible. Asking again before it has begun changes nothing.
     *
     * @throws StorageException NOT_FOUND without the volume, or if it has no such job; INVALID for a job that cannot run; IN_USE while the
     *     volume is detached and jobs run on attached ones only
     */
    public Instant request(VolumeId id, String job) {
        Volume volume = volumes.ready("run a job on", id);
        Settings now = settings.get();
        List<EffectiveJob> jobs = EffectiveJobs.recorded(store, now).of(volume);
        EffectiveJob wanted = jobs.stream()
                .filter(each -> each.name().equals(job))
                .findFirst()
                .orElseThrow(() -> new StorageException(
                        ErrorCode.NOT_FOUND,
                        "volume " + id + " has no job \"" + NearestName.shown(job) + "\""
                                + (jobs.isEmpty()
                                        ? "; it has none at all"
                                        : NearestName.hint(
                                                job,
                                                jobs.stream()
                                                        .map(EffectiveJob::name)
                                                        .toList()))));
        if (!wanted.problem().isEmpty()) {
            throw StorageException.invalid(wanted.problem());
        }
        if (volume.attachment().isEmpty() && !now.jobs().whileDetached()) {
            throw StorageException.inUse("cannot run job " + job + " on volume " + id
                    + ": it is attached nowhere; mount it, or allow it with `drover setting set"
                    + " allow-recurring-job-while-volume-detached true`");
        }
        Instant when = clock.instant();
        createIfAbsent(JobHistory.begin(id, job, when));
        return store.change(
                        JobHistory.class,
                        JobHistory.key(id, job),
                        history -> history.requested().isPresent() ? history : history.wanted(when))
                .value()
                .requested()
                .orElseThrow();
    }

    /** Removes histories of volumes that are gone: what was written while a volume was being deleted. */
    public void removeOrphans() {
        for (JobHistory history : all().values()) {
            if (volumes.find(history.volume()).isEmpty()) {
                store.delete(JobHistory.class, history.key());
            }
        }
    }

    /** What the conditions of volumes say about their jobs. */
    public Map<VolumeId, List<String>> troubles() {
        Map<VolumeId, List<String>> troubles = new TreeMap<>();
        int limit = failureLimit();
        for (JobHistory history : all().values()) {
            trouble(history, limit)
                    .ifPresent(text -> troubles.computeIfAbsent(history.volume(), _ -> new ArrayList<>())
                            .add(text));
        }
        return troubles;
    }

    /** What the condition of one volume says about its jobs. */
    List<String> troubles(VolumeId volume) {
        int limit = failureLimit();
        return all().values().stream()
                .filter(history -> history.volume().equals(volume))
                .flatMap(history -> trouble(history, limit).stream())
                .toList();
    }

    private int failureLimit() {
        return settings.get().jobs().failureLimit();
    }

    private static Optional<String> trouble(JobHistory history, int limit) {
        boolean failing = history.plan().isPresent() && history.failuresInRow() >= limit;
        return failing ? Optional.of(text(history)) : Optional.empty();
    }

    private static String text(JobHistory history) {
        String why = history.runs().stream()
                .findFirst()
                .flatMap(JobRun::end)
                .map(JobRun.End::message)
                .orElse("");
        return "recurring job " + history.job() + " has failed " + history.failuresInRow() + " times in a row: " + why;
    }

    Optional<JobHistory> find(VolumeId volume, String job) {
        return store.find(JobHistory.class, JobHistory.key(volume, job)).map(Stored::value);
    }
}
