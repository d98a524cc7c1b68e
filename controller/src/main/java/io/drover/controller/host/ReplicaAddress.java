package io.drover.controller.host;

import io.drover.core.model.DiskId;
import io.drover.core.model.NodeId;
import io.drover.core.model.ReplicaPlacement;
import io.drover.core.model.Volume;
import io.drover.core.model.VolumeId;
import java.util.List;

/** One replica of a volume: which volume, on which disk of which node. */
public record ReplicaAddress(VolumeId volume, NodeId node, DiskId disk) {
    public static ReplicaAddress of(VolumeId volume, ReplicaPlacement placement) {
        return new ReplicaAddress(volume, placement.node(), placement.disk());
    }

    /** The addresses of all replicas that the record names, in its order. */
    public static List<ReplicaAddress> of(Volume volume) {
        return volume.placements().stream()
                .map(placement -> of(volume.id(), placement))
                .toList();
    }

    @Override
    public String toString() {
        return volume + " on disk " + disk + " of node " + node;
    }
}
