package io.drover.node.replica;

import io.drover.core.model.ByteSize;
import io.drover.node.device.BlockBytes;
import java.util.List;

/**
 * A replica as it is now.
 *
 * @param size of the head; 0 when only snapshots are left
 * @param allocatedBytes what the head takes; -1 where it was not asked for
 * @param use the device it is attached to, and who holds it
 * @param snapshots oldest first
 * @param problem what is wrong with it; empty if it is healthy
 * @param record what was stored beside the data
 * @param blocks logical block size of its device
 */
public record Replica(
        ReplicaId id,
        ByteSize size,
        long allocatedBytes,
        ReplicaUse use,
        List<ReplicaSnapshot> snapshots,
        String problem,
        String record,
        BlockBytes blocks) {
    /** Where nobody has asked. */
    public static final long NOT_ASKED = -1;

    public Replica {
        snapshots = List.copyOf(snapshots);
    }
}
