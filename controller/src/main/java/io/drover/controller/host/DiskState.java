package io.drover.controller.host;

import io.drover.core.model.ByteSize;
import io.drover.core.model.DiskId;
import io.drover.core.model.NodeId;
import java.util.Optional;
import java.util.Set;

/**
 * A disk as its host sees it now.
 *
 * @param id empty while the disk is refused
 * @param path as configured
 * @param kind {@code directory}, {@code device} or {@code image}
 * @param engine {@code btrfs} or {@code xfs}
 * @param schedulable whether it takes new volumes
 * @param problem why it is not usable, with the remedy; empty = healthy
 * @param provisioned sum of the sizes of all replicas on it
 */
public record DiskState(
        NodeId node,
        Optional<DiskId> id,
        String path,
        String kind,
        String engine,
        Set<String> tags,
        boolean schedulable,
        String problem,
        ByteSize capacity,
        ByteSize available,
        ByteSize provisioned,
        long replicas) {
    public DiskState {
        tags = Set.copyOf(tags);
    }

    public boolean isHealthy() {
        return problem.isEmpty() && id.isPresent();
    }
}
