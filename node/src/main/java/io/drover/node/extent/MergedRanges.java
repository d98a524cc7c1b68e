package io.drover.node.extent;

import io.drover.core.model.ByteRange;
import java.util.ArrayList;
import java.util.List;

/** Collects ranges in ascending order and joins those of one kind that touch. */
final class MergedRanges {
    private final List<ByteRange> ranges = new ArrayList<>();

    void add(long start, long end, boolean zero) {
        if (!ranges.isEmpty()) {
            ByteRange last = ranges.getLast();
            if (last.end() == start && last.zero() == zero) {
                ranges.set(ranges.size() - 1, new ByteRange(last.offset(), end - last.offset(), zero));
                return;
            }
        }
        ranges.add(new ByteRange(start, end - start, zero));
    }

    List<ByteRange> toList() {
        return List.copyOf(ranges);
    }
}
