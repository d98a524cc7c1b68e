package io.drover.core.model;

/**
 * A range of a volume's bytes.
 *
 * @param offset of the first byte
 * @param length more than 0
 * @param zero whether the range reads as zeros (in a difference: it was freed)
 */
public record ByteRange(long offset, long length, boolean zero) {
    public ByteRange {
        if (offset < 0 || length <= 0) {
            throw new IllegalArgumentException("no range of bytes: " + offset + "+" + length);
        }
    }

    /** The first byte behind the range. */
    public long end() {
        return offset + length;
    }
}
