package io.drover.snapshotter.schedule;

import java.util.Optional;

/** Deletes the snapshots that Drover took for itself and that nothing needs any more. */
record CleanUpTask(JobBoard board, JobKey key) implements Task {
    @Override
    public Progress proceed() {
        int deleted = board.cleanUp(key.volume());
        return deleted == 0
                ? Done.skipped("there is nothing to clean up", Optional.empty())
                : Done.succeeded(
                        0, "deleted " + deleted + (deleted == 1 ? " snapshot" : " snapshots"), Optional.empty());
    }

    @Override
    public void tidy(String witness) {}

    @Override
    public void undo() {}
}
