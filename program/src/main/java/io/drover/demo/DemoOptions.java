package io.drover.demo;

import io.drover.core.model.ByteSize;
import io.drover.core.model.FileSystemType;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What the demo is asked for.
 *
 * @param size of the volume; the clone is twice as large, and so is the volume after it grew
 * @param fileSystem on the volume
 * @param engine of the pool, "btrfs" or "xfs"; if empty, the driver chooses
 * @param parent directory for everything that the demo makes
 * @param keep leave driver, volume and clone as they are at the end
 */
record DemoOptions(ByteSize size, FileSystemType fileSystem, Optional<String> engine, Path parent, boolean keep) {
    private static final long GIB = 1L << 30;

    /** Room for the volume and its clone at their full size, were they ever written in full, and some more. */
    long poolBytes() {
        return Math.max(8 * GIB, 6 * size.bytes());
    }
}
