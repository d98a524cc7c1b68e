package io.drover.snapshotter.schedule;

import io.drover.core.error.ErrorCode;
import io.drover.core.error.StorageException;
import io.drover.core.model.EffectiveJob;
import io.drover.core.model.JobHistory;
import io.drover.core.model.JobPlan;
import io.drover.core.model.JobRun;
import io.drover.core.model.JobSettings;
import io.drover.core.model.VolumeId;
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
 * Volumes, snapshots and backups in memory, behind the board's promises. Before and after each call something may happen: it is told to a
 * listener, which may throw.
 */
final class FakeBoard implements JobBoard {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

    /** A snapshot or backup. */
    record Thing(String job, Instant takenAt, boolean ready, long content) {}

    static final class FakeVolume {
        boolean attached = true;
        long content;
        final Map<String, EffectiveJob> jobs = new TreeMap<>();
        final Map<String, Thing> snapshots = new TreeMap<>();
        final Map<String, Thing> backups = new TreeMap<>();
    }

    final Map<String, FakeVolume> volumes = new TreeMap<>();
    final Map<String, JobHistory> histories = new TreeMap<>();
    final List<JobRun> begun = new ArrayList<>();
    final Map<JobKey, List<JobRun>> ended = new TreeMap<>();
    JobSettings settings = JobSettings.DEFAULTS;
    Supplier<Instant> clock = () -> Instant.EPOCH;
    Runnable before = () -> {};
    Runnable after = () -> {};
    /** How many times an upload is under way before it has ended, and whether it fails then. */
    int uploadSteps = 1;

    boolean uploadFails;
    private final Map<String, Integer> uploading = new TreeMap<>();

    private <T> T call(Supplier<T> work) {
        before.run();
        T result = work.get();
        after.run();
        return result;
    }

    private void call(Runnable work) {
        boolean _ = call(() -> {
            work.run();
            return true;
        });
    }

    FakeVolume volume(VolumeId id) {
        FakeVolume volume = volumes.get(id.value());
        if (volume == null) {
            throw StorageException.notFound("volume", id.value());
        }
        return volume;
    }

    @Override
    public Agenda agenda() {
        return call(() -> {
            List<Agenda.Entry> entries = new ArrayList<>();
            Map<String, JobHistory> known = new TreeMap<>(histories);
            volumes.forEach((name, volume) -> volume.jobs.forEach((job, effective) -> {
                JobKey key = new JobKey(new VolumeId(name), job);
                entries.add(new Agenda.Entry(
                        key,
                        volume.attached,
                        Optional.of(effective),
                        Optional.ofNullable(known.remove(JobHistory.key(key.volume(), job)))));
            }));
            known.values()
                    .forEach(history -> entries.add(new Agenda.Entry(
                            new JobKey(history.volume(), history.job()),
                            false,
                            Optional.empty(),
                            Optional.of(history))));
            return new Agenda(settings, entries);
        });
    }

    @Override
    public void track(JobKey key, Optional<JobPlan> plan, Instant from) {
        call(() -> {
            FakeVolume _ = volume(key.volume());
            change(key, history -> history.tracked(plan, from));
        });
    }

    private void change(JobKey key, java.util.function.UnaryOperator<JobHistory> change) {
        histories.compute(
                JobHistory.key(key.volume(), key.job()),
                (_, now) -> change.apply(now == null ? JobHistory.begin(key.volume(), key.job(), clock.get()) : now));
    }

    JobHistory history(JobKey key) {
        JobHistory history = histories.get(JobHistory.key(key.volume(), key.job()));
        if (history == null) {
            throw StorageException.notFound("history", key.toString());
        }
        return history;
    }

    @Override
    public JobRun begin(JobKey key, JobPlan plan, Instant scheduled, boolean manual) {
        return call(() -> {
            JobHistory now = history(key);
            if (now.running().isPresent()) {
                throw StorageException.busy("under way");
            }
            boolean due = manual ? now.requested().equals(Optional.of(scheduled)) : scheduled.isAfter(now.handled());
            if (!now.plan().equals(Optional.of(plan)) || !due) {
                throw StorageException.existsDifferent("done already");
            }
            String name = plan.task().keepsResults() ? freeName(key, scheduled) : "";
            JobRun run = new JobRun(plan.task(), scheduled, manual, clock.get(), name, Optional.empty());
            change(key, history -> history.begun(run));
            begun.add(run);
            return run;
        });
    }

    private String freeName(JobKey key, Instant scheduled) {
        String name = key.job() + "-" + TIME.format(scheduled);
        FakeVolume volume = volume(key.volume());
        String free = name;
        for (int i = 2; volume.snapshots.containsKey(free) || volume.backups.containsKey(free); i++) {
            free = name + "-" + i;
        }
        return free;
    }

    @Override
    public void finish(JobKey key, JobRun run, JobRun.End end) {
        call(() -> {
            if (history(key).running().equals(Optional.of(run))) {
                change(key, history -> history.ended(end));
                ended.computeIfAbsent(key, _ -> new ArrayList<>()).add(run.ended(end));
            }
        });
    }

    @Override
    public void takeSnapshot(JobKey key, String snapshot, Map<String, String> labels) {
        call(() -> {
            FakeVolume volume = volume(key.volume());
            volume.snapshots.putIfAbsent(snapshot, new Thing(key.job(), clock.get(), true, volume.content));
        });
    }

    @Override
    public boolean isSame(VolumeId volume, String snapshot, String base) {
        return call(() -> {
            Thing one = volume(volume).snapshots.get(snapshot);
            Thing other = volume(volume).snapshots.get(base);
            return one != null && other != null && one.content() == other.content();
        });
    }

    @Override
    public Upload backUp(JobKey key, String snapshot, Map<String, String> labels, boolean begin) {
        return call(() -> {
            FakeVolume volume = volume(key.volume());
            Thing source = volume.snapshots.get(snapshot);
            Thing backup = volume.backups.get(snapshot);
            if (backup != null && backup.ready()) {
                return new Upload(Upload.State.READY, 1, "");
            }
            if (source == null) {
                throw StorageException.notFound("snapshot", snapshot);
            }
            volume.backups.putIfAbsent(snapshot, new Thing(key.job(), source.takenAt(), false, source.content()));
            if (uploading.merge(key + snapshot, 1, Integer::sum) <= uploadSteps) {
                return new Upload(Upload.State.UNDER_WAY, 0, "");
            }
            uploading.remove(key + snapshot);
            if (uploadFails) {
                return new Upload(Upload.State.FAILED, 0, "the store gives no answer");
            }
            volume.backups.put(snapshot, new Thing(key.job(), source.takenAt(), true, source.content()));
            return new Upload(Upload.State.READY, 1, "");
        });
    }

    private Optional<String> base(FakeVolume volume) {
        return volume.backups.entrySet().stream()
                .filter(entry -> entry.getValue().ready())
                .max(java.util.Comparator.comparing(entry -> entry.getValue().takenAt()))
                .map(Map.Entry::getKey);
    }

    private boolean isNeeded(FakeVolume volume, String snapshot) {
        Thing backup = volume.backups.get(snapshot);
        return base(volume).equals(Optional.of(snapshot)) || backup != null && !backup.ready();
    }

    @Override
    public List<JobResult> snapshots(JobKey key) {
        return call(() -> {
            FakeVolume volume = volume(key.volume());
            return results(volume.snapshots, key.job(), name -> isNeeded(volume, name));
        });
    }

    @Override
    public List<JobResult> backups(JobKey key) {
        return call(() -> results(volume(key.volume()).backups, key.job(), _ -> false));
    }

    private static List<JobResult> results(
            Map<String, Thing> things, String job, java.util.function.Predicate<String> needed) {
        return things.entrySet().stream()
                .filter(entry -> entry.getValue().job().equals(job))
                .map(entry -> new JobResult(
                        entry.getKey(),
                        entry.getValue().takenAt(),
                        entry.getValue().ready(),
                        needed.test(entry.getKey()),
                        true))
                .toList();
    }

    @Override
    public void deleteSnapshot(JobKey key, String snapshot) {
        call(() -> {
            FakeVolume volume = volume(key.volume());
            Thing thing = volume.snapshots.get(snapshot);
            if (thing != null && !thing.job().equals(key.job())) {
                throw new AssertionError("a snapshot of somebody else's was to be deleted: " + snapshot);
            }
            if (isNeeded(volume, snapshot)) {
                throw new AssertionError("the base of the next backup was to be deleted: " + snapshot);
            }
            volume.snapshots.remove(snapshot);
        });
    }

    @Override
    public void deleteBackup(JobKey key, String backup) {
        call(() -> {
            Thing thing = volume(key.volume()).backups.get(backup);
            if (thing != null && !thing.job().equals(key.job())) {
                throw new AssertionError("a backup of somebody else's was to be deleted: " + backup);
            }
            volume(key.volume()).backups.remove(backup);
        });
    }

    @Override
    public int cleanUp(VolumeId volume) {
        return call(() -> 0);
    }

    @Override
    public Trimmed trim(VolumeId volume) {
        return call(() -> new Trimmed(1, ""));
    }

    static StorageException failure(ErrorCode code) {
        return new StorageException(code, "provoked");
    }
}
