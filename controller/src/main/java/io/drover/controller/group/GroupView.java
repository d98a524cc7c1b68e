package io.drover.controller.group;

import io.drover.core.model.Snapshot;
import io.drover.core.model.SnapshotGroup;
import java.util.List;

/** A group with the records of its members. */
public record GroupView(SnapshotGroup group, List<Snapshot> snapshots) {
    public GroupView {
        snapshots = List.copyOf(snapshots);
    }
}
