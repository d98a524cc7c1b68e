package io.drover.demo;

import io.drover.core.model.ByteRange;
import io.drover.core.sys.ExtentCalls;
import io.drover.core.sys.FileExtent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * Reads two images side by side and finds where they differ: the slow, certain way to check what the driver says about changed
 * blocks. Only what one of them has allocated is read; the rest is zeros in both.
 */
final class ImageComparison {
    private static final int CHUNK = 1 << 20;
    private static final int BLOCK = 4096;

    private final ExtentCalls extents;

    ImageComparison(ExtentCalls extents) {
        this.extents = extents;
    }

    /**
     * Blocks of 4 KiB that differ and that no range touches.
     *
     * @param ranges in any order
     */
    List<String> differencesOutside(List<ByteRange> ranges, Path one, Path other) throws IOException {
        NavigableSet<Long> excused = new TreeSet<>();
        ranges.forEach(range -> addUnits(excused, range.offset(), range.end(), BLOCK));
        NavigableSet<Long> chunks = new TreeSet<>();
        for (Path image : List.of(one, other)) {
            for (FileExtent extent : extents.extents(image)) {
                addUnits(chunks, extent.offset(), extent.end(), CHUNK);
            }
        }
        List<String> differences = new ArrayList<>();
        ByteBuffer a = ByteBuffer.allocate(CHUNK);
        ByteBuffer b = ByteBuffer.allocate(CHUNK);
        try (FileChannel first = FileChannel.open(one);
                FileChannel second = FileChannel.open(other)) {
            for (long chunk : chunks) {
                read(first, chunk * CHUNK, a);
                read(second, chunk * CHUNK, b);
                for (int at = 0; at < CHUNK; at += BLOCK) {
                    long block = (chunk * CHUNK + at) / BLOCK;
                    if (!a.slice(at, BLOCK).equals(b.slice(at, BLOCK)) && !excused.contains(block)) {
                        differences.add("4096 bytes at " + block * BLOCK);
                    }
                }
            }
        }
        return differences;
    }

    private static void addUnits(NavigableSet<Long> units, long from, long end, int size) {
        for (long unit = from / size; unit * size < end; unit++) {
            units.add(unit);
        }
    }

    /** Fills the buffer from the file; behind the file's end are zeros. */
    private static void read(FileChannel file, long offset, ByteBuffer buffer) throws IOException {
        buffer.clear();
        long position = offset;
        int count;
        while (buffer.hasRemaining() && (count = file.read(buffer, position)) >= 0) {
            position += count;
        }
        while (buffer.hasRemaining()) {
            buffer.put((byte) 0);
        }
        buffer.clear();
    }
}
