package io.drover.controller.volume;

import io.drover.controller.host.DiskState;
import io.drover.controller.host.ReplicaState;
import io.drover.core.model.Snapshot;
import io.drover.core.model.Volume;
import java.util.List;

/**
 * A volume with everything that is known of it.
 *
 * @param replicas those whose host answered
 * @param disks that they lie on
 * @param snapshots by name, those being deleted left out
 */
public record VolumeDetail(
        Volume volume,
        VolumeCondition condition,
        List<ReplicaState> replicas,
        List<DiskState> disks,
        List<Snapshot> snapshots) {
    public VolumeDetail {
        replicas = List.copyOf(replicas);
        disks = List.copyOf(disks);
        snapshots = List.copyOf(snapshots);
    }
}
