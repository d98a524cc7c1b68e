package io.drover.core.model;

import java.time.Instant;
import java.util.List;

/**
 * The record of a group snapshot: snapshots of several volumes of one moment.
 *
 * @param members in the order of the request
 */
public record SnapshotGroup(GroupId id, SnapshotState state, List<SnapshotId> members, Instant createdAt)
        implements Resource {
    public SnapshotGroup {
        members = List.copyOf(members);
    }

    @Override
    public String key() {
        return id.value();
    }

    public SnapshotGroup withState(SnapshotState next) {
        if (!state.mayBecome(next)) {
            throw new IllegalStateException("group snapshot " + id + " cannot go from " + state + " to " + next);
        }
        return new SnapshotGroup(id, next, members, createdAt);
    }
}
