package io.drover.controller.csi;

import io.drover.controller.backup.BackupView;
import io.drover.controller.group.GroupView;
import io.drover.core.model.Backup;
import io.drover.core.model.BackupId;
import io.drover.core.model.BackupState;
import io.drover.core.model.GroupId;
import io.drover.core.model.SnapshotState;
import io.drover.core.model.VolumeId;
import io.drover.core.rpc.Timestamps;
import io.drover.csi.v1.Snapshot;
import io.drover.csi.v1.VolumeGroupSnapshot;

/** Snapshots and groups as messages. */
final class SnapshotMessages {
    private SnapshotMessages() {}

    static Snapshot snapshot(io.drover.core.model.Snapshot snapshot) {
        return Snapshot.newBuilder()
                .setSnapshotId(snapshot.id().handle())
                .setSourceVolumeId(snapshot.id().volume().value())
                .setSizeBytes(snapshot.size().bytes())
                .setCreationTime(Timestamps.of(snapshot.createdAt()))
                .setReadyToUse(snapshot.state() == SnapshotState.READY)
                .setGroupSnapshotId(snapshot.group().map(GroupId::value).orElse(""))
                .build();
    }

    static Snapshot backup(Backup backup) {
        return Snapshot.newBuilder()
                .setSnapshotId(backup.id().handle())
                .setSourceVolumeId(backup.id().volume().value())
                .setSizeBytes(backup.size().bytes())
                .setCreationTime(Timestamps.of(backup.snapshotAt()))
                .setReadyToUse(backup.state() == BackupState.READY)
                .build();
    }

    /** A backup that somebody else made, for the volume that the request names. */
    static Snapshot kept(Backup backup, VolumeId source) {
        return backup(backup).toBuilder()
                .setSnapshotId(backup.id().keptHandle())
                .setSourceVolumeId(source.value())
                .build();
    }

    /** A backup from its record, or from its store, under the handle that was asked for. */
    static Snapshot backup(String handle, BackupId id, BackupView view) {
        Snapshot.Builder message = view.backup()
                .map(backup -> backup(backup).toBuilder())
                .orElseGet(() ->
                        Snapshot.newBuilder().setSourceVolumeId(id.volume().value()));
        if (view.backup().isEmpty()) {
            view.stored().ifPresent(stored -> {
                message.setSizeBytes(stored.volumeSize().bytes()).setReadyToUse(stored.isComplete());
                stored.snapshotCreated()
                        .or(stored::completed)
                        .ifPresent(when -> message.setCreationTime(Timestamps.of(when)));
            });
        }
        return message.setSnapshotId(handle).build();
    }

    static VolumeGroupSnapshot group(GroupView view) {
        return VolumeGroupSnapshot.newBuilder()
                .setGroupSnapshotId(view.group().id().value())
                .addAllSnapshots(view.snapshots().stream()
                        .map(SnapshotMessages::snapshot)
                        .toList())
                .setCreationTime(Timestamps.of(view.group().createdAt()))
                .setReadyToUse(view.group().state() == SnapshotState.READY)
                .build();
    }
}
