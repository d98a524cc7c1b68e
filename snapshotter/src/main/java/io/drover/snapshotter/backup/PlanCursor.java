package io.drover.snapshotter.backup;

/** Gives each block of a plan to one of several workers, in order. */
final class PlanCursor {
    private final BlockPlan plan;
    private int next;

    PlanCursor(BlockPlan plan) {
        this.plan = plan;
    }

    /** The next block, or -1 if all were given out. */
    synchronized int claim() {
        int block = next < 0 ? -1 : plan.next(next);
        next = block < 0 ? -1 : block + 1;
        return block;
    }

    boolean isZero(int block) {
        return plan.isZero(block);
    }
}
