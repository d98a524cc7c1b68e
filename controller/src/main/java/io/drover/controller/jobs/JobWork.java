package io.drover.controller.jobs;

import io.drover.controller.backup.BackupProgress;
import io.drover.controller.backup.BackupServices;
import io.drover.controller.backup.BackupSpecification;
import io.drover.controller.host.Hosts;
import io.drover.controller.host.ReplicaAddress;
import io.drover.controller.snapshot.SnapshotCreation;
import io.drover.controller.snapshot.SnapshotDeletion;
import io.drover.controller.snapshot.SnapshotSpecification;
import io.drover.controller.volume.VolumeRecords;
import io.drover.core.error.StorageException;
import io.drover.core.model.Backup;
import io.drover.core.model.BackupFacts;
import io.drover.core.model.BackupFailure;
import io.drover.core.model.BackupId;
import io.drover.core.model.BackupMode;
import io.drover.core.model.BackupOrigin;
import io.drover.core.model.BackupState;
import io.drover.core.model.JobLabels;
import io.drover.core.model.Snapshot;
import io.drover.core.model.SnapshotId;
import io.drover.core.model.SnapshotOrigin;
import io.drover.core.model.SnapshotState;
import io.drover.core.model.Volume;
import io.drover.core.model.VolumeId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What runs do. Each method can be repeated. What a job has not made it cannot delete here, whatever it asks for. */
public final class JobWork {
    /** For which a person can go back to what a volume held before a revert. */
    private static final Duration SAFETY = Duration.ofDays(1);

    private final VolumeRecords volumes;
    private final Hosts hosts;
    private final SnapshotCreation creation;
    private final SnapshotDeletion deletion;
    private final BackupServices backups;
    private final Clock clock;

    JobWork(
            VolumeRecords volumes,
            Hosts hosts,
            SnapshotCreation creation,
            SnapshotDeletion deletion,
            BackupServices backups,
            Clock clock) {
        this.volumes = volumes;
        this.hosts = hosts;
        this.creation = creation;
        this.deletion = deletion;
        this.backups = backups;
        this.clock = clock;
    }

    /**
     * A result of a job.
     *
     * @param needed it is the base of the next backup, or is being uploaded
     * @param comparable the volume's next backup goes where this one lies
     */
    public record Result(String name, Instant takenAt, boolean ready, boolean needed, boolean comparable) {}

    /** How an upload stands; the record's state says so. */
    public record UploadStatus(BackupState state, long bytes, String message) {}

    /** Takes the snapshot of a run. */
    public void takeSnapshot(VolumeId volume, String job, String name, Map<String, String> labels) {
        SnapshotId id = new SnapshotId(volume, name);
        if (volumes.snapshot(id)
                .filter(snapshot -> snapshot.state() == SnapshotState.DELETING)
                .isPresent()) {
            deletion.delete(id); // of an attempt of the same run before
        }
        var _ = creation.create(new SnapshotSpecification(id, SnapshotOrigin.JOB, marked(labels, job)));
    }

    /** Whether two snapshots surely have the same content. What cannot be told is not the same. */
    public boolean isSame(VolumeId id, String snapshot, String base) {
        Volume volume = volumes.ready("compare snapshots of", id);
        if (!isReady(new SnapshotId(id, snapshot)) || !isReady(new SnapshotId(id, base))) {
            return false;
        }
        try {
            return hosts.isSame(ReplicaAddress.of(volume).getFirst(), snapshot, base);
        } catch (StorageException e) {
            return false;
        }
    }

    private boolean isReady(SnapshotId id) {
        return volumes.snapshot(id)
                .filter(snapshot -> snapshot.state() == SnapshotState.READY)
                .isPresent();
    }

    /**
     * Uploads a snapshot as a backup of its name, or goes on with that.
     *
     * @param begin begin it, or try a failed one again; else only say how it stands
     * @throws StorageException EXISTS_DIFFERENT if the backup is being deleted, and what {@code BackupCreation.create} throws
     */
    public UploadStatus backUp(VolumeId volume, String job, String name, Map<String, String> labels, boolean begin) {
        BackupId id = new BackupId(volume, name);
        Optional<Backup> recorded = backups.queries().recorded(id);
        if (recorded.filter(backup -> backup.state() == BackupState.DELETING).isPresent()) {
            throw StorageException.existsDifferent("cannot make backup " + id + ": it is being deleted");
        }
        if (!begin
                && recorded.filter(backup -> backup.state() == BackupState.FAILED)
                        .isPresent()) {
            return status(recorded.get());
        }
        BackupProgress progress = backups.creation()
                .create(
                        new BackupSpecification(
                                id, BackupOrigin.JOB, name, "", BackupMode.INCREMENTAL, marked(labels, job)),
                        Map.of());
        return status(progress.backup());
    }

    private static UploadStatus status(Backup backup) {
        return new UploadStatus(
                backup.state(),
                backup.facts().map(BackupFacts::newlyUploadedBytes).orElse(0L),
                backup.failure().map(BackupFailure::message).orElse(""));
    }

    private static Map<String, String> marked(Map<String, String> labels, String job) {
        Map<String, String> marked = new HashMap<>(labels);
        marked.put(JobLabels.JOB, job);
        return marked;
    }

    /** The snapshots that a job made. */
    public List<Result> snapshots(VolumeId volume, String job) {
        Set<String> needed = backups.queries().neededSnapshots(volume);
        return volumes.snapshots(volume).stream()
                .filter(snapshot -> isOf(snapshot, job))
                .map(snapshot -> new Result(
                        snapshot.id().name(),
                        snapshot.createdAt(),
                        snapshot.state() == SnapshotState.READY,
                        needed.contains(snapshot.id().name()),
                        true))
                .toList();
    }

    /** The backups that a job made. */
    public List<Result> backups(VolumeId id, String job) {
        String target = volumes.visible(id).parameters().backupTargetName();
        return backups.queries().recorded().stream()
                .filter(backup -> backup.id().volume().equals(id) && isOf(backup, job))
                .map(backup -> new Result(
                        backup.id().name(),
                        backup.snapshotAt(),
                        backup.state() == BackupState.READY,
                        false,
                        backup.target().equals(target)))
                .toList();
    }

    private static boolean isOf(Snapshot snapshot, String job) {
        return snapshot.origin() == SnapshotOrigin.JOB
                && job.equals(snapshot.labels().get(JobLabels.JOB));
    }

    private static boolean isOf(Backup backup, String job) {
        return backup.origin() == BackupOrigin.JOB && job.equals(backup.labels().get(JobLabels.JOB));
    }

    /**
     * Deletes a snapshot that the job made.
     *
     * @throws StorageException IN_USE if it is somebody else's, or is needed
     */
    public void deleteSnapshot(VolumeId volume, String job, String name) {
        SnapshotId id = new SnapshotId(volume, name);
        Optional<Snapshot> found = volumes.snapshot(id);
        if (found.isEmpty()) {
            return;
        }
        if (!isOf(found.get(), job)) {
            throw StorageException.inUse(
                    "cannot delete snapshot " + id + " for job " + job + ": the job has not made it");
        }
        if (backups.queries().neededSnapshots(volume).contains(name)) {
            throw StorageException.inUse("cannot delete snapshot " + id + " for job " + job
                    + ": a backup is made from it, or the next one is to build on it");
        }
        deletion.delete(id);
    }

    /**
     * Deletes a backup that the job made.
     *
     * @throws StorageException IN_USE if it is somebody else's; NOT_READY while that is under way
     */
    public void deleteBackup(VolumeId volume, String job, String name) {
        BackupId id = new BackupId(volume, name);
        Optional<Backup> found = backups.queries().recorded(id);
        if (found.isEmpty()) {
            return;
        }
        if (!isOf(found.get(), job)) {
            throw StorageException.inUse(
                    "cannot delete backup " + id + " for job " + job + ": the job has not made it");
        }
        backups.deletion().delete(id, "", Map.of());
    }

    /** Deletes the snapshots that Drover took for itself and that nothing needs any more. Returns how many. */
    public int cleanUp(VolumeId id) {
        var _ = volumes.ready("clean up", id);
        Set<String> needed = backups.queries().neededSnapshots(id);
        Instant old = clock.instant().minus(SAFETY);
        List<Snapshot> useless = volumes.snapshots(id).stream()
                .filter(snapshot -> snapshot.state() != SnapshotState.CREATING)
                .filter(snapshot -> snapshot.group().isEmpty())
                .filter(snapshot -> !needed.contains(snapshot.id().name()))
                .filter(snapshot -> switch (snapshot.origin()) {
                    case BACKUP -> true;
                    case SAFETY -> snapshot.createdAt().isBefore(old);
                    case CSI, USER, JOB -> false;
                })
                .toList();
        useless.forEach(snapshot -> deletion.delete(snapshot.id()));
        return useless.size();
    }

    /** What trimming did: the bytes, or why nothing was tried. */
    public record TrimOutcome(long bytes, String skipped) {}

    /** Gives the free space of the mounted file system back. */
    public TrimOutcome trim(VolumeId id) {
        Volume volume = volumes.ready("trim", id);
        if (volume.attachment().filter(attachment -> attachment.block()).isPresent()) {
            return new TrimOutcome(
                    0, "the volume is used as a raw block device; only its user knows what is free on it");
        }
        return hosts.trim(ReplicaAddress.of(volume).getFirst())
                .map(bytes -> new TrimOutcome(bytes, ""))
                .orElseGet(() -> new TrimOutcome(0, "no file system of the volume is mounted for writing"));
    }
}
