package io.drover.snapshotter.format;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import net.jpountz.lz4.LZ4Compressor;
import net.jpountz.lz4.LZ4Exception;
import net.jpountz.lz4.LZ4Factory;
import net.jpountz.lz4.LZ4SafeDecompressor;
import net.jpountz.xxhash.XXHash32;
import net.jpountz.xxhash.XXHashFactory;

/**
 * The LZ4 frame format, version 1.6.2 of its description, as far as stores have it: independent blocks, no dictionary. The library's
 * streams do the same, but take four times as long and a new set of buffers for each block.
 */
final class Lz4Frames {
    private static final int MAGIC = 0x184D2204;
    private static final int WRITTEN_FLAGS = 0x64; // version 01, independent blocks, checksum of the content
    private static final int WRITTEN_SIZE = 0x70; // blocks of 4 MiB at most
    private static final int WRITTEN_BLOCK = 4 << 20;
    private static final int UNCOMPRESSED = 0x80000000;
    private static final int HEADER = 7;
    private static final int SEED = 0;

    private final LZ4Compressor compressor = LZ4Factory.fastestInstance().fastCompressor();
    private final LZ4SafeDecompressor decompressor =
            LZ4Factory.fastestInstance().safeDecompressor();
    private final XXHash32 hash = XXHashFactory.fastestInstance().hash32();

    /** Room that a frame of so many bytes needs while it is made. */
    static int bound(int length) {
        int blocks = Math.ceilDiv(length, WRITTEN_BLOCK);
        return HEADER + length + blocks * (4 + 16) + WRITTEN_BLOCK / 255 + 8;
    }

    /** Whether these bytes begin as a frame does. */
    static boolean isFrame(byte[] stored, int storedLength) {
        return storedLength >= HEADER && littleEndian(stored).getInt(0) == MAGIC;
    }

    /** Writes a frame; returns its length. */
    int write(byte[] block, int length, byte[] target) {
        ByteBuffer frame = littleEndian(target);
        frame.putInt(MAGIC).put((byte) WRITTEN_FLAGS).put((byte) WRITTEN_SIZE);
        frame.put((byte) (hash.hash(target, 4, 2, SEED) >>> 8));
        for (int from = 0; from < length; from += WRITTEN_BLOCK) {
            writeBlock(block, from, Math.min(WRITTEN_BLOCK, length - from), frame);
        }
        frame.putInt(0);
        frame.putInt(hash.hash(block, 0, length, SEED));
        return frame.position();
    }

    private void writeBlock(byte[] block, int from, int length, ByteBuffer frame) {
        int start = frame.position() + 4;
        int compressed = compressor.compress(block, from, length, frame.array(), start, frame.capacity() - start);
        if (compressed < length) {
            frame.putInt(compressed);
            frame.position(start + compressed);
        } else {
            frame.putInt(length | UNCOMPRESSED);
            frame.put(block, from, length);
        }
    }

    /**
     * Reads a frame that must hold exactly so many bytes. Nothing is believed before it is checked: lengths in the frame cannot make this
     * write beyond the buffer or take memory.
     *
     * @throws MalformedBlock if it is not such a frame
     */
    void read(byte[] stored, int storedLength, byte[] into, int length) throws MalformedBlock {
        ByteBuffer frame = littleEndian(stored).limit(storedLength);
        if (!isFrame(stored, storedLength)) {
            throw new MalformedBlock("it has no LZ4 header");
        }
        frame.position(4);
        int flags = frame.get() & 0xff;
        int sizes = frame.get() & 0xff;
        if ((flags & 0xc2) != 0x40 || (flags & 0x20) == 0 || (flags & 0x01) != 0 || (sizes & 0x8f) != 0) {
            throw new MalformedBlock("its LZ4 header has unknown flags " + Integer.toHexString(flags << 8 | sizes));
        }
        boolean withSize = (flags & 0x08) != 0;
        boolean withBlockChecksums = (flags & 0x10) != 0;
        boolean withChecksum = (flags & 0x04) != 0;
        if (withSize && need(frame, 8).getLong() != length) {
            throw new MalformedBlock("its LZ4 header names another length");
        }
        int headerEnd = frame.position();
        if ((byte) (hash.hash(stored, 4, headerEnd - 4, SEED) >>> 8)
                != need(frame, 1).get()) {
            throw new MalformedBlock("its LZ4 header is damaged");
        }
        int largest = 1 << (8 + 2 * (sizes >> 4));
        int done = 0;
        for (int word = need(frame, 4).getInt();
                word != 0;
                word = need(frame, 4).getInt()) {
            done += readBlock(frame, word, largest, into, done, length);
            if (withBlockChecksums) {
                need(frame, 4).getInt(); // the block's SHA-512 says more
            }
        }
        if (done != length) {
            throw new MalformedBlock("it holds " + done + " bytes instead of " + length);
        }
        if (withChecksum && need(frame, 4).getInt() != hash.hash(into, 0, length, SEED)) {
            throw new MalformedBlock("its content does not fit its LZ4 checksum");
        }
        if (frame.hasRemaining()) {
            throw new MalformedBlock(frame.remaining() + " bytes follow the LZ4 frame");
        }
    }

    private int readBlock(ByteBuffer frame, int word, int largest, byte[] into, int done, int length)
            throws MalformedBlock {
        int stored = word & ~UNCOMPRESSED;
        if (stored > largest || stored > frame.remaining()) {
            throw new MalformedBlock("it ends early, or a length in it is damaged");
        }
        int room = Math.min(largest, length - done);
        int count;
        if ((word & UNCOMPRESSED) != 0) {
            if (stored > room) {
                throw new MalformedBlock("it holds more than " + length + " bytes");
            }
            System.arraycopy(frame.array(), frame.position(), into, done, stored);
            count = stored;
        } else {
            try {
                count = decompressor.decompress(frame.array(), frame.position(), stored, into, done, room);
            } catch (LZ4Exception e) {
                throw new MalformedBlock("it cannot be decompressed, or holds more than " + length + " bytes", e);
            }
        }
        frame.position(frame.position() + stored);
        return count;
    }

    private static ByteBuffer need(ByteBuffer frame, int bytes) throws MalformedBlock {
        if (frame.remaining() < bytes) {
            throw new MalformedBlock("it ends early");
        }
        return frame;
    }

    private static ByteBuffer littleEndian(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
