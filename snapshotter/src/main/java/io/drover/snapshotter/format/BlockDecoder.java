package io.drover.snapshotter.format;

import io.drover.core.error.StorageException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Set;
import java.util.zip.GZIPInputStream;

/**
 * Gets a block back from what is stored of it, and checks it. Keeps its buffers: one per worker, not for several threads.
 *
 * <p>The method that the configuration names is a hint only: a volume that changed its method has blocks of both kinds. What decides is the
 * checksum, so that no method can yield a wrong block.
 */
public final class BlockDecoder {
    private final BlockHasher hasher = new BlockHasher();
    private final Lz4Frames lz4 = new Lz4Frames();

    /** As {@link #decode(byte[], int, Checksum, Compression, byte[], int)}, of all of an array. */
    public void decode(byte[] stored, Checksum checksum, Compression hint, byte[] into, int length) {
        decode(stored, stored.length, checksum, hint, into, length);
    }

    /**
     * Fills the first {@code length} bytes of a buffer with the block; after an error they are undefined.
     *
     * @param stored holds what is stored of the block in its first {@code storedLength} bytes
     * @param hint the method of the backup
     * @throws StorageException CORRUPT with what is wrong, if this is surely not the block of this checksum
     */
    public void decode(byte[] stored, int storedLength, Checksum checksum, Compression hint, byte[] into, int length) {
        String problem = "";
        for (Compression method : candidates(stored, storedLength, hint, length)) {
            String wrong = attempt(stored, storedLength, checksum, method, into, length);
            if (wrong.isEmpty()) {
                return;
            }
            problem = problem.isEmpty() ? wrong : problem;
        }
        throw StorageException.corrupt("block " + checksum + " is damaged: " + problem);
    }

    /** The methods worth a try, the likeliest first; never none. */
    private static Set<Compression> candidates(byte[] stored, int storedLength, Compression hint, int length) {
        Set<Compression> methods = EnumSet.noneOf(Compression.class);
        if (Lz4Frames.isFrame(stored, storedLength)) {
            methods.add(Compression.LZ4);
        }
        if (storedLength > 2 && stored[0] == (byte) 0x1f && stored[1] == (byte) 0x8b) {
            methods.add(Compression.GZIP);
        }
        if (storedLength == length) {
            methods.add(Compression.NONE);
        }
        return methods.isEmpty() ? EnumSet.of(hint) : methods;
    }

    /** What is wrong; empty if the block is in the buffer. */
    private String attempt(
            byte[] stored, int storedLength, Checksum checksum, Compression method, byte[] into, int length) {
        try {
            switch (method) {
                case LZ4 -> lz4.read(stored, storedLength, into, length);
                case GZIP -> gunzip(stored, storedLength, into, length);
                case NONE -> copy(stored, storedLength, into, length);
            }
        } catch (MalformedBlock e) {
            return e.getMessage() == null ? "it cannot be decoded" : e.getMessage();
        }
        Checksum actual = hasher.hash(into, length);
        return actual.equals(checksum) ? "" : "its content has the checksum " + actual;
    }

    private static void copy(byte[] stored, int storedLength, byte[] into, int length) throws MalformedBlock {
        if (storedLength != length) {
            throw new MalformedBlock("it has " + storedLength + " bytes instead of " + length);
        }
        System.arraycopy(stored, 0, into, 0, length);
    }

    private static void gunzip(byte[] stored, int storedLength, byte[] into, int length) throws MalformedBlock {
        ByteArrayInputStream bytes = new ByteArrayInputStream(stored, 0, storedLength);
        try (GZIPInputStream gzip = new GZIPInputStream(bytes, 1 << 16)) {
            int count = gzip.readNBytes(into, 0, length);
            if (count != length || gzip.read() != -1) {
                throw new MalformedBlock("it holds " + (count < length ? "only " + count : "more than " + length)
                        + " bytes instead of " + length);
            }
        } catch (IOException e) {
            throw new MalformedBlock("it is no whole gzip stream: " + e.getMessage(), e);
        }
    }
}
