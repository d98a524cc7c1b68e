package io.drover.controller.host;

import io.drover.core.model.NodeId;
import java.util.List;

/** A host and its disks, read fresh. */
public record HostState(NodeId node, List<DiskState> disks) {
    public HostState {
        disks = List.copyOf(disks);
    }
}
