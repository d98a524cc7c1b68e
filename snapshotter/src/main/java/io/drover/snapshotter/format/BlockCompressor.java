package io.drover.snapshotter.format;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;

/** Makes what is stored of a block. Keeps its buffers: one per worker, not for several threads. */
public final class BlockCompressor {
    private final Compression method;
    private final Lz4Frames lz4 = new Lz4Frames();
    private byte[] scratch = new byte[0];

    public BlockCompressor(Compression method) {
        this.method = method;
    }

    /** The bytes to be stored of the first {@code length} bytes of a buffer: a new array, exactly as long as they are. */
    public byte[] compress(byte[] block, int length) {
        int bound = bound(length);
        if (scratch.length < bound) {
            scratch = new byte[bound];
        }
        return Arrays.copyOf(scratch, compress(block, length, scratch));
    }

    /**
     * The same into an array of at least {@link #bound} bytes.
     *
     * @return how many of them are to be stored
     */
    public int compress(byte[] block, int length, byte[] into) {
        return switch (method) {
            case NONE -> {
                System.arraycopy(block, 0, into, 0, length);
                yield length;
            }
            case GZIP -> gzip(block, length, into);
            case LZ4 -> lz4.write(block, length, into);
        };
    }

    /** More is never stored of so many bytes. Gzip adds five bytes to each 16 KiB at worst, LZ4 one to 255. */
    public static int bound(int length) {
        return Lz4Frames.bound(length);
    }

    private static int gzip(byte[] block, int length, byte[] into) {
        ArrayOutput bytes = new ArrayOutput(into);
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes, 1 << 16)) {
            gzip.write(block, 0, length);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot compress in memory", e);
        }
        return bytes.length;
    }

    /** Fills an array that is long enough. */
    private static final class ArrayOutput extends OutputStream {
        private final byte[] array;
        private int length;

        ArrayOutput(byte[] array) {
            this.array = array;
        }

        @Override
        public void write(int octet) {
            array[length++] = (byte) octet;
        }

        @Override
        public void write(byte[] bytes, int offset, int count) {
            System.arraycopy(bytes, offset, array, length, count);
            length += count;
        }
    }
}
