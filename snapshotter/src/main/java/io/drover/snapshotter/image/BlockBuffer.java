package io.drover.snapshotter.image;

import io.drover.core.error.StorageException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Room for one block, used again and again by one thread. Files are read and written in pieces small enough to stay in the processor's
 * cache: the copy between the file's memory and Java's is then nearly free, and the heap's whole block is never copied by the JDK.
 */
public final class BlockBuffer {
    private static final int PIECE = 128 << 10;
    private static final byte[] ZEROS = new byte[PIECE];

    private final byte[] bytes;
    private final ByteBuffer piece;
    private final PieceListener listener;

    /** Gets to see each piece right after it was read, while it is in the processor's cache. */
    @FunctionalInterface
    public interface PieceListener {
        /** Nobody looks. */
        PieceListener NONE = (bytes, offset, length) -> {};

        void accept(byte[] bytes, int offset, int length);
    }

    /** A buffer for blocks of this many bytes. */
    public BlockBuffer(int blockBytes, PieceListener listener) {
        this.bytes = new byte[blockBytes];
        this.piece = ByteBuffer.allocateDirect(Math.min(PIECE, blockBytes));
        this.listener = listener;
    }

    /** The block itself, for reading and for filling. */
    public byte[] bytes() {
        return bytes;
    }

    public int length() {
        return bytes.length;
    }

    public boolean isZero() {
        for (int at = 0; at < bytes.length; at += PIECE) {
            if (!isZero(at, Math.min(PIECE, bytes.length - at))) {
                return false;
            }
        }
        return true;
    }

    public void fillWithZeros() {
        Arrays.fill(bytes, (byte) 0);
    }

    void readFrom(FileChannel channel, long offset, Path path) throws IOException {
        int at = 0;
        while (at < bytes.length) {
            piece.clear().limit(Math.min(piece.capacity(), bytes.length - at));
            int count = channel.read(piece, offset + at);
            if (count < 0) {
                throw StorageException.corrupt("cannot read block " + offset + "+" + bytes.length + " of image " + path
                        + ": the file ends at " + (offset + at) + "; look who truncated it");
            }
            piece.flip().get(bytes, at, count);
            listener.accept(bytes, at, count);
            at += count;
        }
    }

    void writeTo(FileChannel channel, long offset, boolean overHole) throws IOException {
        for (int at = 0; at < bytes.length; at += piece.capacity()) {
            int length = Math.min(piece.capacity(), bytes.length - at);
            if (overHole && isZero(at, length)) {
                continue;
            }
            piece.clear().put(bytes, at, length).flip();
            long position = offset + at;
            while (piece.hasRemaining()) {
                position += channel.write(piece, position);
            }
        }
    }

    private boolean isZero(int at, int length) {
        return Arrays.equals(bytes, at, at + length, ZEROS, 0, length);
    }
}
