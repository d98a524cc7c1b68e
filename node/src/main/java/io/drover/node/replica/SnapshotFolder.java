package io.drover.node.replica;

import io.drover.node.metadata.MetadataFile;
import java.nio.file.Path;

/** The paths of one snapshot. */
record SnapshotFolder(Path path) {
    Path home() {
        return path.resolve("home");
    }

    MetadataFile<SnapshotMetadata> metadata() {
        return SnapshotMetadata.file(path);
    }
}
