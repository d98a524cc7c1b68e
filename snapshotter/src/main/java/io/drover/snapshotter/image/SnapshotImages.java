package io.drover.snapshotter.image;

import io.drover.core.model.ByteRange;
import java.util.Optional;
import java.util.function.Consumer;

/** What the agent of this host knows about images, for whoever reads and fills them. */
public interface SnapshotImages {
    /**
     * Where a snapshot's image lies, which nobody changes.
     *
     * @throws io.drover.core.error.StorageException NOT_FOUND if there is no such snapshot
     */
    ImageLocation snapshot(ReplicaAddress replica, String snapshot);

    /**
     * Where a volume's own image lies, for filling it.
     *
     * @throws io.drover.core.error.StorageException NOT_FOUND if there is no such replica, IN_USE while a device is attached to it
     */
    ImageLocation head(ReplicaAddress replica);

    /**
     * Ranges of a snapshot, ascending and merged.
     *
     * @param base gives what differs from this snapshot, ranges that were freed since marked as zero; without it all that is allocated
     * @throws io.drover.core.error.StorageException NOT_FOUND if there is no such snapshot or base
     */
    void extents(ReplicaAddress replica, String snapshot, Optional<String> base, Consumer<ByteRange> receiver);

    /** Makes a volume's own image durable, after it was filled. Sealing again does nothing. */
    void seal(ReplicaAddress replica);
}
