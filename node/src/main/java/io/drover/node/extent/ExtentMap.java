package io.drover.node.extent;

import io.drover.core.model.ByteRange;
import java.util.ArrayList;
import java.util.List;

/**
 * The written extents of an image: sorted, not overlapping, none beyond the end. What lies between them reads as zeros.
 *
 * @param sizeBytes of the image
 * @param extents sorted
 */
public record ExtentMap(long sizeBytes, List<Extent> extents) {
    public ExtentMap {
        extents = List.copyOf(extents);
        long end = 0;
        for (Extent extent : extents) {
            if (extent.offset() < end) {
                throw new IllegalArgumentException("extents overlap or are not sorted at " + extent.offset());
            }
            end = extent.end();
        }
        if (end > sizeBytes) {
            throw new IllegalArgumentException("an extent ends at " + end + ", the image at " + sizeBytes);
        }
    }

    /** A map of sorted extents of which some may reach beyond the end: a file system allocates whole blocks, and ahead. */
    public static ExtentMap clipped(long sizeBytes, List<Extent> extents) {
        List<Extent> inside = new ArrayList<>(extents.size());
        for (Extent extent : extents) {
            if (extent.end() <= sizeBytes) {
                inside.add(extent);
            } else if (extent.offset() < sizeBytes) {
                inside.add(new Extent(
                        extent.offset(), extent.physical(), sizeBytes - extent.offset(), extent.comparable()));
            }
        }
        return new ExtentMap(sizeBytes, inside);
    }

    /** The ranges that hold data: sorted, adjacent ones merged. */
    public List<ByteRange> allocated() {
        var ranges = new MergedRanges();
        extents.forEach(extent -> ranges.add(extent.offset(), extent.end(), false));
        return ranges.toList();
    }

    /**
     * Where this image differs from another: sorted, adjacent ones of a kind merged, none beyond the end of this image. {@code zero}
     * ranges are written in the base and not here. A base that is smaller counts as zeros behind its end.
     */
    public List<ByteRange> changedSince(ExtentMap base) {
        var ranges = new MergedRanges();
        var before = new ExtentCursor(base.extents);
        var now = new ExtentCursor(extents);
        for (long position = 0; position < sizeBytes; ) {
            before.moveTo(position);
            now.moveTo(position);
            long end = Math.min(sizeBytes, Math.min(before.runEnd(), now.runEnd()));
            if (now.isInside()) {
                if (!before.isInside() || !now.extent().sameAs(before.extent())) {
                    ranges.add(position, end, false);
                }
            } else if (before.isInside()) {
                ranges.add(position, end, true);
            }
            position = end;
        }
        return ranges.toList();
    }
}
