package io.drover.node.disk;

import io.drover.core.model.DiskId;
import java.util.Optional;

/**
 * How a configured disk is now.
 *
 * @param id empty while it is refused
 * @param engine {@code btrfs} or {@code xfs}; empty while it is refused
 * @param kind empty while it is refused
 * @param usage zeros while it is refused
 * @param replicas how many are on it
 * @param schedulable whether it takes new volumes
 * @param problem why it is not usable, with the remedy; empty if it is healthy
 */
public record DiskStatus(
        DiskConfiguration configuration,
        Optional<DiskId> id,
        String engine,
        String kind,
        DiskUsage usage,
        long replicas,
        boolean schedulable,
        String problem) {}
