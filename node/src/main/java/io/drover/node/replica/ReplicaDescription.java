package io.drover.node.replica;

import io.drover.core.error.ErrorCode;
import io.drover.core.error.StorageException;
import io.drover.core.model.ByteSize;
import io.drover.core.model.VolumeId;
import io.drover.node.device.BlockBytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Says how a replica is. What cannot be read is its problem, and hides no other replica. */
final class ReplicaDescription {
    /** Each exact figure of a snapshot costs a look at all its extents: no more than this are given. */
    private static final int EXACT_SNAPSHOTS = 32;

    private final ReplicaStore store;
    private final ReplicaUsers users;
    private final List<String> problems = new ArrayList<>();

    ReplicaDescription(ReplicaStore store, ReplicaUsers users) {
        this.store = store;
        this.users = users;
    }

    /** @param exact whether to look at extents */
    Replica of(VolumeId volume, boolean exact) {
        ByteSize size = new ByteSize(0);
        long allocated = Replica.NOT_ASKED;
        ReplicaUse use = ReplicaUse.NONE;
        if (store.hasHead(volume)) {
            use = users.of(volume, store.folder(volume).image());
            try {
                size = store.size(volume);
                allocated = exact ? store.allocatedBytes(volume) : Replica.NOT_ASKED;
            } catch (StorageException e) {
                note(e);
            }
        }
        List<ReplicaSnapshot> snapshots = snapshots(volume, exact);
        Optional<VolumeMetadata> metadata = metadata(volume);
        return new Replica(
                new ReplicaId(volume, store.disk().id()),
                size,
                allocated,
                use,
                snapshots,
                String.join("; ", problems),
                metadata.map(VolumeMetadata::record).orElse(""),
                metadata.map(VolumeMetadata::blocks).orElse(BlockBytes.USUAL));
    }

    private List<ReplicaSnapshot> snapshots(VolumeId volume, boolean exact) {
        try {
            List<ReplicaSnapshot> snapshots = store.snapshots().list(volume);
            if (!exact || snapshots.size() > EXACT_SNAPSHOTS) {
                return snapshots;
            }
            return snapshots.stream()
                    .map(snapshot -> snapshot.withExclusive(store.snapshots().exclusiveBytes(volume, snapshot.name())))
                    .toList();
        } catch (StorageException e) {
            note(e);
            return List.of();
        }
    }

    private Optional<VolumeMetadata> metadata(VolumeId volume) {
        try {
            return Optional.of(store.metadata(volume));
        } catch (StorageException e) {
            note(e);
            return Optional.empty();
        }
    }

    /** A disk that does not answer is no property of the replica. */
    private void note(StorageException e) {
        if (e.code() == ErrorCode.UNAVAILABLE) {
            throw e;
        }
        problems.add(String.valueOf(e.getMessage()));
    }
}
