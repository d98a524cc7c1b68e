package io.drover.controller.volume;

import io.drover.core.model.AccessMode;
import io.drover.core.model.NodeId;
import io.drover.core.model.VolumeId;
import io.drover.core.model.VolumeParameters;
import io.drover.core.model.VolumeSource;
import java.util.List;
import java.util.Set;

/**
 * A volume that somebody wants.
 *
 * @param fsTypeChosen whether the request names the file system; otherwise a copy has its source's
 * @param accessModes how it will be attached
 * @param blockAllowed whether as a raw device
 * @param mountAllowed whether as a file system
 * @param requisiteNodes it must be reachable from one of these; empty = anywhere
 * @param preferredNodes in the order of preference
 */
public record VolumeSpecification(
        VolumeId id,
        SizeRange size,
        VolumeParameters parameters,
        boolean fsTypeChosen,
        Set<AccessMode> accessModes,
        boolean blockAllowed,
        boolean mountAllowed,
        VolumeSource source,
        Set<NodeId> requisiteNodes,
        List<NodeId> preferredNodes) {
    public VolumeSpecification {
        accessModes = Set.copyOf(accessModes);
        requisiteNodes = Set.copyOf(requisiteNodes);
        preferredNodes = List.copyOf(preferredNodes);
    }
}
