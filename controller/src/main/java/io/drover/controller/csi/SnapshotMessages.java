package io.drover.controller.csi;

import com.google.protobuf.Timestamp;
import io.drover.controller.group.GroupView;
import io.drover.core.model.GroupId;
import io.drover.core.model.SnapshotState;
import io.drover.csi.v1.Snapshot;
import io.drover.csi.v1.VolumeGroupSnapshot;
import java.time.Instant;

/** Snapshots and groups as messages. */
final class SnapshotMessages {
    private SnapshotMessages() {}

    static Snapshot snapshot(io.drover.core.model.Snapshot snapshot) {
        return Snapshot.newBuilder()
                .setSnapshotId(snapshot.id().handle())
                .setSourceVolumeId(snapshot.id().volume().value())
                .setSizeBytes(snapshot.size().bytes())
                .setCreationTime(time(snapshot.createdAt()))
                .setReadyToUse(snapshot.state() == SnapshotState.READY)
                .setGroupSnapshotId(snapshot.group().map(GroupId::value).orElse(""))
                .build();
    }

    static VolumeGroupSnapshot group(GroupView view) {
        return VolumeGroupSnapshot.newBuilder()
                .setGroupSnapshotId(view.group().id().value())
                .addAllSnapshots(view.snapshots().stream()
                        .map(SnapshotMessages::snapshot)
                        .toList())
                .setCreationTime(time(view.group().createdAt()))
                .setReadyToUse(view.group().state() == SnapshotState.READY)
                .build();
    }

    private static Timestamp time(Instant instant) {
        return Timestamp.newBuilder()
                .setSeconds(instant.getEpochSecond())
                .setNanos(instant.getNano())
                .build();
    }
}
