package io.drover.controller.host;

import io.drover.core.model.ByteSize;
import java.util.List;
import java.util.OptionalLong;

/**
 * A replica as its host sees it now.
 *
 * @param size 0 when only snapshots are left
 * @param allocatedBytes blocks of the head, where that was asked for
 * @param device the loop device now attached, or empty
 * @param problem empty = healthy
 * @param record the volume's record, as it was last written beside the data
 */
public record ReplicaState(
        ReplicaAddress address,
        ByteSize size,
        OptionalLong allocatedBytes,
        String device,
        List<ReplicaUser> users,
        List<SnapshotCopy> snapshots,
        String problem,
        String record) {
    public ReplicaState {
        users = List.copyOf(users);
        snapshots = List.copyOf(snapshots);
    }
}
