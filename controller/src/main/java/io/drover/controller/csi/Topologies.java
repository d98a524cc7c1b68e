package io.drover.controller.csi;

import io.drover.core.error.StorageException;
import io.drover.core.model.NodeId;
import io.drover.core.model.ReplicaPlacement;
import io.drover.core.model.Volume;
import io.drover.csi.v1.Topology;
import java.util.List;
import java.util.Optional;

/** Nodes as topology: one segment, the node's id. */
final class Topologies {
    /** The key that {@code NodeGetInfo} gives too. */
    static final String NODE = "drover.io/node";

    private Topologies() {}

    /** Where the volume can be reached: where its replicas lie, until replication exists. */
    static List<Topology> of(Volume volume) {
        return volume.placements().stream()
                .map(ReplicaPlacement::node)
                .distinct()
                .map(node ->
                        Topology.newBuilder().putSegments(NODE, node.value()).build())
                .toList();
    }

    /** The node of a topology, or empty if it is none of ours. */
    static Optional<NodeId> node(Topology topology) {
        return Optional.ofNullable(topology.getSegmentsMap().get(NODE)).map(NodeId::new);
    }

    /**
     * The nodes of all topologies.
     *
     * @throws StorageException INVALID for one without a node
     */
    static List<NodeId> nodes(List<Topology> topologies) {
        return topologies.stream()
                .map(topology -> node(topology)
                        .orElseThrow(() -> StorageException.invalid("a topology has no segment " + NODE + " but "
                                + topology.getSegmentsMap().keySet() + "; use what NodeGetInfo answers")))
                .toList();
    }
}
