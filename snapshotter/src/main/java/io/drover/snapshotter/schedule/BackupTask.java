package io.drover.snapshotter.schedule;

import io.drover.core.error.ErrorCode;
import io.drover.core.error.StorageException;
import io.drover.core.model.EffectiveJob;
import io.drover.core.model.JobRun;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Takes a snapshot and uploads it. An upload that an earlier run has not finished goes first, so that what was sent of it is not sent
 * again and that there is never more than one such; a snapshot that has nothing new is deleted again.
 */
final class BackupTask implements Task {
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(2);
    /** Of the local snapshots, the newest backup's is the base of the next one. */
    private static final int LOCAL_SNAPSHOTS = 1;

    private final JobBoard board;
    private final JobKey key;
    private final EffectiveJob job;
    private final JobRun run;
    /** The uploads that this run has begun or tried again: once each. */
    private final Set<String> begun = new HashSet<>();

    BackupTask(JobBoard board, JobKey key, EffectiveJob job, JobRun run) {
        this.board = board;
        this.key = key;
        this.job = job;
        this.run = run;
    }

    @Override
    public Progress proceed() {
        List<JobResult> backups = board.backups(key);
        Optional<Progress> earlier = finishEarlier(backups);
        if (earlier.isPresent()) {
            return earlier.get();
        }
        Retention.left(backups, job.retain(), run.result()).forEach(backup -> board.deleteBackup(key, backup));
        boolean recorded = backups.stream().anyMatch(backup -> backup.name().equals(run.result()));
        if (!recorded) { // else its snapshot is there, or is not needed any more
            Retention.left(board.snapshots(key), LOCAL_SNAPSHOTS, run.result())
                    .forEach(snapshot -> board.deleteSnapshot(key, snapshot));
            board.takeSnapshot(key, run.result(), job.labels());
            Optional<JobResult> before = Retention.newest(backups, run.result());
            if (!run.manual()
                    && before.filter(JobResult::comparable).isPresent()
                    && board.isSame(key.volume(), run.result(), before.get().name())) {
                board.deleteSnapshot(key, run.result());
                return Done.skipped(
                        "nothing new since backup " + before.get().name(),
                        Optional.of(before.get().name()));
            }
        }
        Upload upload = upload(run.result());
        return switch (upload.state()) {
            case UNDER_WAY -> new UnderWay(LOOK_AGAIN);
            case FAILED -> Done.failed(upload.message());
            case READY -> Done.succeeded(upload.bytes(), "", Optional.of(run.result()));
        };
    }

    private Upload upload(String backup) {
        Upload upload = board.backUp(key, backup, job.labels(), !begun.contains(backup));
        begun.add(backup);
        return upload;
    }

    /** Finishes what earlier runs have left; empty when nothing is left. */
    private Optional<Progress> finishEarlier(List<JobResult> backups) {
        for (JobResult backup : backups) {
            if (backup.ready() || backup.name().equals(run.result())) {
                continue;
            }
            Upload upload;
            try {
                upload = upload(backup.name());
            } catch (StorageException e) {
                if (e.code() != ErrorCode.NOT_FOUND && e.code() != ErrorCode.EXISTS_DIFFERENT) {
                    throw e;
                }
                // Its snapshot is gone, or it was to go elsewhere: nobody can finish it.
                board.deleteBackup(key, backup.name());
                continue;
            }
            switch (upload.state()) {
                case READY -> deleteExcess(backup.name());
                case UNDER_WAY -> {
                    return Optional.of(new UnderWay(LOOK_AGAIN));
                }
                case FAILED -> {
                    return Optional.of(Done.failed(
                            "backup " + backup.name() + " of an earlier run fails still: " + upload.message()));
                }
            }
        }
        return Optional.empty();
    }

    private void deleteExcess(String witness) {
        Retention.excess(board.backups(key), job.retain(), witness).forEach(backup -> board.deleteBackup(key, backup));
    }

    @Override
    public void tidy(String witness) {
        deleteExcess(witness);
        List<JobResult> snapshots = board.snapshots(key);
        Retention.excess(snapshots, LOCAL_SNAPSHOTS, witness).forEach(snapshot -> board.deleteSnapshot(key, snapshot));
        SnapshotTask.deleteUnfinished(board, key, snapshots, run.result());
    }

    /** Without a record of the backup nobody would ever use its snapshot. */
    @Override
    public void undo() {
        if (board.backups(key).stream().noneMatch(backup -> backup.name().equals(run.result()))) {
            board.deleteSnapshot(key, run.result());
        }
    }
}
