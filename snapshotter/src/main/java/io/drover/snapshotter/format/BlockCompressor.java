package io.drover.snapshotter.format;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
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
        return switch (method) {
            case NONE -> Arrays.copyOf(block, length);
            case GZIP -> gzip(block, length);
            case LZ4 -> {
                int bound = Lz4Frames.bound(length);
                if (scratch.length < bound) {
                    scratch = new byte[bound];
                }
                yield Arrays.copyOf(scratch, lz4.write(block, length, scratch));
            }
        };
    }

    private static byte[] gzip(byte[] block, int length) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(length / 4 + 64);
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes, 1 << 16)) {
            gzip.write(block, 0, length);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot compress in memory", e);
        }
        return bytes.toByteArray();
    }
}
