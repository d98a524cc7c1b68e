package io.drover.node.replica;

import io.drover.core.model.ByteRange;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;

/**
 * Whether two images have the same content, given the ranges in which their extents differ. Where little differs it is read: freezing a
 * mounted ext4 writes its superblock, so that the extents of two snapshots of it never agree, also if nobody has written anything.
 */
final class SnapshotComparison {
    /** Above this it is taken as different without reading. */
    private static final long MOST = 1 << 20;

    private SnapshotComparison() {}

    static boolean isSame(Path image, Path base, List<ByteRange> changed) {
        if (changed.stream().mapToLong(ByteRange::length).sum() > MOST) {
            return false;
        }
        try (FileChannel one = FileChannel.open(image, StandardOpenOption.READ);
                FileChannel other = FileChannel.open(base, StandardOpenOption.READ)) {
            if (one.size() != other.size()) {
                return false;
            }
            for (ByteRange range : changed) {
                byte[] now = read(one, range);
                byte[] then = read(other, range);
                if (range.offset() == 0) {
                    Ext4Superblock.forgetWriting(now);
                    Ext4Superblock.forgetWriting(then);
                }
                if (!Arrays.equals(now, then)) {
                    return false;
                }
            }
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot compare " + image + " with " + base, e);
        }
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
