package io.drover.controller.snapshot;

import io.drover.core.model.SnapshotId;
import io.drover.core.model.SnapshotOrigin;
import java.util.Map;

/** A snapshot that somebody wants. */
public record SnapshotSpecification(SnapshotId id, SnapshotOrigin origin, Map<String, String> labels) {
    public SnapshotSpecification {
        labels = Map.copyOf(labels);
    }
}
