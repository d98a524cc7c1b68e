package io.drover.node.disk;

import io.drover.core.model.DiskId;
import io.drover.node.metadata.MetadataFile;
import java.nio.file.Path;
import java.time.Instant;

/**
 * The content of {@link #FILE} at a disk's root: which disk it is and whose.
 *
 * @param uuid of the disk; where Drover made the file system, also that of the file system
 * @param installation whose disk it is: {@link KnownDisks#installation()}
 * @param engine the file system that it was made on
 * @param created when it was initialised
 */
record DiskIdentity(String uuid, String installation, String engine, Instant created) {
    static final String FILE = "drover-disk.json";
    private static final int VERSION = 1;

    DiskId id() {
        return new DiskId(uuid);
    }

    static MetadataFile<DiskIdentity> file(Path root) {
        return new MetadataFile<>(root.resolve(FILE), DiskIdentity.class, VERSION);
    }
}
