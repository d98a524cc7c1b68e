package io.drover.node.replica;

import io.drover.core.model.ByteSize;
import io.drover.node.metadata.MetadataFile;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The content of {@code snapshot.json}; never changed once it is written.
 *
 * @param sizeBytes of the volume when it was taken
 * @param created the moment of the clone
 * @param group present if it was taken together with others
 * @param frozen whether its file system was mounted and held still until it was copied; absent in files of older versions
 */
record SnapshotMetadata(
        String volume,
        String snapshot,
        long sizeBytes,
        Instant created,
        Optional<Group> group,
        Optional<Boolean> frozen,
        String record) {
    static final String FILE = "snapshot.json";
    private static final int VERSION = 1;

    /**
     * @param id of the one freeze under which all members were cloned
     * @param members all of them
     */
    record Group(String id, List<Member> members) {}

    record Member(String disk, String volume, String snapshot) {}

    static MetadataFile<SnapshotMetadata> file(Path folder) {
        return new MetadataFile<>(folder.resolve(FILE), SnapshotMetadata.class, VERSION);
    }

    ReplicaSnapshot toSnapshot() {
        return new ReplicaSnapshot(snapshot, new ByteSize(sizeBytes), created, Replica.NOT_ASKED, record);
    }
}
