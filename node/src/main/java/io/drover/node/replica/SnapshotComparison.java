package io.drover.node.replica;

import io.drover.core.model.ByteRange;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Whether two images have the same content, given the ranges in which their extents differ. Where little differs it is read: freezing a
 * mounted file system writes, also if nobody else has. Ext4 writes its superblock; XFS its superblock and the log.
 *
 * <p>What XFS has in its log is passed over only where both images were held frozen: then all of it was written in place before.
 */
final class SnapshotComparison {
    /** Above this it is taken as different without reading. */
    private static final long MOST = 1 << 20;

    private final FileChannel image;
    private final FileChannel base;
    private final boolean frozen;

    private SnapshotComparison(FileChannel image, FileChannel base, boolean frozen) {
        this.image = image;
        this.base = base;
        this.frozen = frozen;
    }

    /** @param frozen whether both are copies of a file system that was held frozen all the while */
    static boolean isSame(Path image, Path base, List<ByteRange> changed, boolean frozen) {
        try (FileChannel one = FileChannel.open(image, StandardOpenOption.READ);
                FileChannel other = FileChannel.open(base, StandardOpenOption.READ)) {
            return new SnapshotComparison(one, other, frozen).isSame(changed);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot compare " + image + " with " + base, e);
        }
    }

    private boolean isSame(List<ByteRange> changed) throws IOException {
        if (image.size() != base.size()) {
            return false;
        }
        List<ByteRange> ranges = frozen ? withoutLog(changed) : changed;
        if (ranges.stream().mapToLong(ByteRange::length).sum() > MOST) {
            return false;
        }
        for (ByteRange range : ranges) {
            byte[] now = read(image, range);
            byte[] then = read(base, range);
            if (range.offset() == 0) {
                forgetWriting(now);
                forgetWriting(then);
            }
            if (!Arrays.equals(now, then)) {
                return false;
            }
        }
        return true;
    }

    private void forgetWriting(byte[] beginning) {
        Ext4Superblock.forgetWriting(beginning);
        if (frozen) {
            XfsSuperblock.forgetWriting(beginning);
        }
    }

    private List<ByteRange> withoutLog(List<ByteRange> ranges) throws IOException {
        ByteRange first = new ByteRange(0, XfsSuperblock.BYTES, false);
        Optional<ByteRange> log = XfsSuperblock.log(read(image, first));
        if (log.isEmpty() || !log.equals(XfsSuperblock.log(read(base, first)))) {
            return ranges;
        }
        List<ByteRange> left = new ArrayList<>();
        for (ByteRange range : ranges) {
            part(range.offset(), Math.min(end(range), log.get().offset())).ifPresent(left::add);
            part(Math.max(range.offset(), end(log.get())), end(range)).ifPresent(left::add);
        }
        return left;
    }

    private static Optional<ByteRange> part(long from, long to) {
        return from < to ? Optional.of(new ByteRange(from, to - from, false)) : Optional.empty();
    }

    private static long end(ByteRange range) {
        return range.offset() + range.length();
    }

    /** The content of a range; behind the end there is nothing. */
    private static byte[] read(FileChannel file, ByteRange range) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate((int) range.length());
        long position = range.offset();
        while (buffer.hasRemaining()) {
            int read = file.read(buffer, position);
            if (read < 0) {
                break;
            }
            position += read;
        }
        return buffer.array();
    }
}
