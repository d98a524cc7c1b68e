package io.drover.snapshotter.schedule;

import io.drover.core.model.EffectiveJob;
import io.drover.core.model.JobRun;
import java.util.List;
import java.util.Optional;

/** Takes a snapshot; one that has nothing new is deleted again. */
record SnapshotTask(JobBoard board, JobKey key, EffectiveJob job, JobRun run) implements Task {
    @Override
    public Progress proceed() {
        Retention.left(board.snapshots(key), job.retain(), run.result())
                .forEach(snapshot -> board.deleteSnapshot(key, snapshot));
        board.takeSnapshot(key, run.result(), job.labels());
        Optional<JobResult> before = Retention.newest(board.snapshots(key), run.result());
        if (!run.manual()
                && before.isPresent()
                && board.isSame(key.volume(), run.result(), before.get().name())) {
            board.deleteSnapshot(key, run.result());
            return Done.skipped(
                    "nothing new since snapshot " + before.get().name(),
                    Optional.of(before.get().name()));
        }
        return Done.succeeded(0, "", Optional.of(run.result()));
    }

    @Override
    public void tidy(String witness) {
        List<JobResult> results = board.snapshots(key);
        Retention.excess(results, job.retain(), witness).forEach(snapshot -> board.deleteSnapshot(key, snapshot));
        deleteUnfinished(board, key, results, run.result());
    }

    /** Removes what runs that failed have left. */
    static void deleteUnfinished(JobBoard board, JobKey key, List<JobResult> snapshots, String besides) {
        snapshots.stream()
                .filter(result ->
                        !result.ready() && !result.needed() && !result.name().equals(besides))
                .forEach(result -> board.deleteSnapshot(key, result.name()));
    }

    /** What is half made is continued, or deleted, by the next run: only the agent knows what became of it. */
    @Override
    public void undo() {}
}
