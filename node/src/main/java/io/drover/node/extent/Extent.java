package io.drover.node.extent;

/**
 * A run of written bytes of an image.
 *
 * @param offset in the image
 * @param physical where it lies on the file system's disk
 * @param length more than 0
 * @param comparable whether an equal place means equal content
 */
public record Extent(long offset, long physical, long length, boolean comparable) {
    public Extent {
        if (offset < 0 || length <= 0) {
            throw new IllegalArgumentException("no extent: " + offset + "+" + length);
        }
    }

    /** The first byte behind it. */
    public long end() {
        return offset + length;
    }

    /** Whether both have the same content at an offset that both cover, and from there as far as both reach. */
    boolean sameAs(Extent other) {
        return comparable && other.comparable && physical - offset == other.physical - other.offset;
    }
}
