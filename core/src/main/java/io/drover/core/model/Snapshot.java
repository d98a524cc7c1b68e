package io.drover.core.model;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * The record of a local snapshot.
 *
 * @param size of the volume when it was taken
 * @param group the group snapshot it is a member of
 * @param labels free; {@code RecurringJob=<job>} marks those of a job
 * @param createdAt the moment of the clone; while CREATING, the moment of the request
 */
public record Snapshot(
        SnapshotId id,
        SnapshotState state,
        SnapshotOrigin origin,
        ByteSize size,
        Optional<GroupId> group,
        Map<String, String> labels,
        Instant createdAt)
        implements Resource {
    public Snapshot {
        labels = Map.copyOf(labels);
    }

    @Override
    public String key() {
        return key(id);
    }

    /** The key of a snapshot's record: unique, as '@' is in no name. */
    public static String key(SnapshotId id) {
        return id.volume() + "@" + id.name();
    }

    public Snapshot withState(SnapshotState next) {
        if (!state.mayBecome(next)) {
            throw new IllegalStateException("snapshot " + id + " cannot go from " + state + " to " + next);
        }
        return new Snapshot(id, next, origin, size, group, labels, createdAt);
    }

    /** The snapshot as it was really taken. */
    public Snapshot taken(Instant when, ByteSize actualSize) {
        return new Snapshot(id, state, origin, actualSize, group, labels, when).withState(SnapshotState.READY);
    }
}
