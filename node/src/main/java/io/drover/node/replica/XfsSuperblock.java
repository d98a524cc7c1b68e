package io.drover.node.replica;

import io.drover.core.model.ByteRange;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/** The superblock of XFS, at the beginning of a device. Offsets are those of struct xfs_dsb (fs/xfs/libxfs/xfs_format.h in the kernel). */
final class XfsSuperblock {
    /** Which is read of it. */
    static final int BYTES = 512;

    private static final int MAGIC = 0x58465342;
    private static final int BLOCK_SIZE = 4;
    private static final int LOG_START = 48;
    private static final int AG_BLOCKS = 84;
    private static final int LOG_BLOCKS = 96;
    private static final int AG_BLOCKS_LOG2 = 124;
    private static final int CHECKSUM = 224;
    private static final int LSN = 240;

    private XfsSuperblock() {}

    /** Where the log lies, in bytes; empty if this is no XFS, or its log lies on another device. */
    static Optional<ByteRange> log(byte[] beginning) {
        if (!is(beginning)) {
            return Optional.empty();
        }
        ByteBuffer fields = ByteBuffer.wrap(beginning);
        long start = fields.getLong(LOG_START);
        long blockSize = Integer.toUnsignedLong(fields.getInt(BLOCK_SIZE));
        long blocks = Integer.toUnsignedLong(fields.getInt(LOG_BLOCKS));
        if (start == 0 || blocks == 0) {
            return Optional.empty();
        }
        int shift = beginning[AG_BLOCKS_LOG2];
        long block = (start >>> shift) * Integer.toUnsignedLong(fields.getInt(AG_BLOCKS)) + (start & (1L << shift) - 1);
        return Optional.of(new ByteRange(block * blockSize, blocks * blockSize, false));
    }

    /** Blanks what changes whenever the superblock is written, as it is when a file system is frozen: its place in the log and the checksum. */
    static void forgetWriting(byte[] beginning) {
        if (is(beginning)) {
            Arrays.fill(beginning, CHECKSUM, CHECKSUM + Integer.BYTES, (byte) 0);
            Arrays.fill(beginning, LSN, LSN + Long.BYTES, (byte) 0);
        }
    }

    private static boolean is(byte[] beginning) {
        return beginning.length >= BYTES && ByteBuffer.wrap(beginning).getInt(0) == MAGIC;
    }
}
