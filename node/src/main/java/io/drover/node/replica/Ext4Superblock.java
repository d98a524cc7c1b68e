package io.drover.node.replica;

import java.util.Arrays;

/**
 * The superblock of ext4, 1024 bytes from the beginning of a device. Offsets are those of struct ext4_super_block ("The Super Block" in the
 * kernel's documentation of ext4).
 */
final class Ext4Superblock {
    private static final int AT = 1024;
    private static final int BYTES = 1024;
    private static final int MAGIC = 0x38;
    private static final int WRITE_TIME = 0x30;
    private static final int KILOBYTES_WRITTEN = 0x178;
    private static final int WRITE_TIME_HIGH = 0x274;
    private static final int CHECKSUM = 0x3FC;

    private Ext4Superblock() {}

    /**
     * Blanks what changes whenever the superblock is written, as it is when a file system is frozen: the time, how much was ever written,
     * and the checksum. Does nothing to the beginning of anything else.
     *
     * @param beginning of a device
     */
    static void forgetWriting(byte[] beginning) {
        if (beginning.length < AT + BYTES
                || (beginning[AT + MAGIC] & 0xff) != 0x53
                || (beginning[AT + MAGIC + 1] & 0xff) != 0xEF) {
            return;
        }
        blank(beginning, WRITE_TIME, 4);
        blank(beginning, KILOBYTES_WRITTEN, 8);
        blank(beginning, WRITE_TIME_HIGH, 1);
        blank(beginning, CHECKSUM, 4);
    }

    private static void blank(byte[] bytes, int field, int length) {
        Arrays.fill(bytes, AT + field, AT + field + length, (byte) 0);
    }
}
