package io.drover.node.filesystem;

import io.drover.core.sys.ExtentCalls;
import io.drover.core.sys.FileExtent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * Whether a device has nothing but zeros, as far as can be told in short time: its first and last MiB, and the first MiB of each run
 * of bytes for which the image has space at all. Data that no tool has a name for is data all the same.
 */
final class BlankCheck {
    private static final int SAMPLE = 1 << 20;

    /** An image of so many separate runs was written to; it is not worth reading them all. */
    private static final int MAX_EXTENTS = 4096;

    private final ExtentCalls extents;

    BlankCheck(ExtentCalls extents) {
        this.extents = extents;
    }

    /** Reads through the device; a byte that cannot be read is an error and not a zero. */
    boolean isBlank(Path device, Path image) {
        List<FileExtent> written = extents.extents(image).stream()
                .filter(extent -> !extent.unwritten())
                .toList();
        try (FileChannel channel = FileChannel.open(device, StandardOpenOption.READ)) {
            long size = channel.size();
            if (!isZero(channel, 0, size) || !isZero(channel, Math.max(0, size - SAMPLE), size)) {
                return false;
            }
            if (written.size() > MAX_EXTENTS) {
                return false;
            }
            for (FileExtent extent : written) {
                if (!isZero(channel, extent.offset(), Math.min(size, extent.end()))) {
                    return false;
                }
            }
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + device + " to see whether it is blank", e);
        }
    }

    private static boolean isZero(FileChannel channel, long from, long end) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate((int) Math.max(0, Math.min(SAMPLE, end - from)));
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, from + buffer.position()) < 0) {
                throw new IOException("the device ends at " + (from + buffer.position()));
            }
        }
        buffer.flip();
        while (buffer.remaining() >= Long.BYTES) {
            if (buffer.getLong() != 0) {
                return false;
            }
        }
        while (buffer.hasRemaining()) {
            if (buffer.get() != 0) {
                return false;
            }
        }
        return true;
    }
}
