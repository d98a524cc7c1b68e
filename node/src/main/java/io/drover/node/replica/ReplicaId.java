package io.drover.node.replica;

import io.drover.core.model.DiskId;
import io.drover.core.model.VolumeId;

/** A volume's replica on one disk. */
public record ReplicaId(VolumeId volume, DiskId disk) {
    @Override
    public String toString() {
        return volume + " on disk " + disk;
    }
}
