package io.drover.snapshotter.image;

import java.nio.file.Path;

/** An image file on this host, exactly the bytes of a volume. */
public record ImageLocation(Path path, long size) {}
