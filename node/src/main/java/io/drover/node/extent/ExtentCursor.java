package io.drover.node.extent;

import java.util.List;

/** Walks forward over an image as a sequence of runs, each an extent or a hole. */
final class ExtentCursor {
    private final List<Extent> extents;
    private int next;
    private long position;

    ExtentCursor(List<Extent> extents) {
        this.extents = extents;
    }

    /** Goes forward to an offset. */
    void moveTo(long offset) {
        position = offset;
        while (next < extents.size() && extents.get(next).end() <= offset) {
            next++;
        }
    }

    /** Whether the offset lies in an extent, and not in a hole. */
    boolean isInside() {
        return next < extents.size() && extents.get(next).offset() <= position;
    }

    /** The extent that the offset lies in. */
    Extent extent() {
        return extents.get(next);
    }

    /** Where the run ends that the offset lies in; the last hole has no end. */
    long runEnd() {
        if (next == extents.size()) {
            return Long.MAX_VALUE;
        }
        return isInside() ? extent().end() : extent().offset();
    }
}
