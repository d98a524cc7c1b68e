package io.drover.snapshotter.schedule;

import io.drover.core.error.StorageException;
import io.drover.core.model.EffectiveJob;
import io.drover.core.model.JobOutcome;
import io.drover.core.model.JobRun;
import java.time.Duration;
import java.util.Optional;

/** What a run does, without its records. Each method can be repeated, and then finds done what was done. */
sealed interface Task permits SnapshotTask, BackupTask, CleanUpTask, TrimTask {
    /**
     * Does the work, or a part of it.
     *
     * @throws StorageException if it cannot be done; whether it may work later is told by its code
     */
    Progress proceed();

    /**
     * Deletes what is too many.
     *
     * @param witness a result that is surely there
     */
    void tidy(String witness);

    /** Deletes what was made, after a failure. */
    void undo();

    /** How far it is. */
    sealed interface Progress permits UnderWay, Done {}

    /** To be called again after a while. */
    record UnderWay(Duration pause) implements Progress {}

    /**
     * It has ended.
     *
     * @param witness a result that is surely there, if any
     */
    record Done(JobOutcome outcome, long bytes, String message, Optional<String> witness) implements Progress {
        static Done succeeded(long bytes, String message, Optional<String> witness) {
            return new Done(JobOutcome.SUCCEEDED, bytes, message, witness);
        }

        static Done skipped(String message, Optional<String> witness) {
            return new Done(JobOutcome.SKIPPED, 0, message, witness);
        }

        static Done failed(String message) {
            return new Done(JobOutcome.FAILED, 0, message, Optional.empty());
        }
    }

    /** The task of a run. */
    static Task of(JobBoard board, JobKey key, EffectiveJob job, JobRun run) {
        return switch (run.task()) {
            case SNAPSHOT -> new SnapshotTask(board, key, job, run);
            case BACKUP -> new BackupTask(board, key, job, run);
            case SNAPSHOT_CLEANUP -> new CleanUpTask(board, key);
            case FILESYSTEM_TRIM -> new TrimTask(board, key);
        };
    }
}
