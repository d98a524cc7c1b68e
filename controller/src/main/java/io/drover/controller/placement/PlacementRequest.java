package io.drover.controller.placement;

import io.drover.core.model.ByteSize;
import io.drover.core.model.DiskId;
import io.drover.core.model.NodeId;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a place is wanted for.
 *
 * @param size of the volume
 * @param diskSelector tags that the disk must all carry
 * @param nodeSelector tags that the node must all carry
 * @param requisiteNodes the place must be on one of these; empty = anywhere
 * @param preferredNodes in the order of preference
 * @param sourceDisk where the source lies; a clone can lie nowhere else
 */
public record PlacementRequest(
        ByteSize size,
        List<String> diskSelector,
        List<String> nodeSelector,
        Set<NodeId> requisiteNodes,
        List<NodeId> preferredNodes,
        Optional<DiskId> sourceDisk) {
    public PlacementRequest {
        diskSelector = List.copyOf(diskSelector);
        nodeSelector = List.copyOf(nodeSelector);
        requisiteNodes = Set.copyOf(requisiteNodes);
        preferredNodes = List.copyOf(preferredNodes);
    }
}
