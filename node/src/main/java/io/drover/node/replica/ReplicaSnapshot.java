package io.drover.node.replica;

import io.drover.core.model.ByteSize;
import java.time.Instant;

/**
 * A snapshot that is complete and durable.
 *
 * @param size of the volume when it was taken
 * @param created the moment of the clone
 * @param exclusiveBytes what comes back when it is deleted; {@link Replica#NOT_ASKED} where it was not asked for
 * @param record what was stored with it
 */
public record ReplicaSnapshot(String name, ByteSize size, Instant created, long exclusiveBytes, String record) {
    ReplicaSnapshot withExclusive(long bytes) {
        return new ReplicaSnapshot(name, size, created, bytes, record);
    }
}
