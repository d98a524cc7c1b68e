package io.drover.core.sys;

/**
 * A run of a file's bytes and where they lie (FIEMAP, linux/fiemap.h).
 *
 * @param offset in the file, in bytes
 * @param physical where it lies; on btrfs an address that a balance may change
 * @param length in bytes, more than 0; the last one may reach beyond the end of the file
 * @param unwritten reserved only, reads as zeros
 * @param shared whether other files refer to it too
 * @param comparable whether equal {@code physical} means equal content: false for data inside of metadata, compressed, or not placed yet
 */
public record FileExtent(
        long offset, long physical, long length, boolean unwritten, boolean shared, boolean comparable) {
    /** The first byte behind it. */
    public long end() {
        return offset + length;
    }
}
