package io.drover.snapshotter.schedule;

import java.util.Optional;

/** Gives the free space of the mounted file system back to the disk. */
record TrimTask(JobBoard board, JobKey key) implements Task {
    @Override
    public Progress proceed() {
        Trimmed trimmed = board.trim(key.volume());
        return trimmed.skipped().isEmpty()
                ? Done.succeeded(trimmed.bytes(), "", Optional.empty())
                : Done.skipped(trimmed.skipped(), Optional.empty());
    }

    @Override
    public void tidy(String witness) {}

    @Override
    public void undo() {}
}
