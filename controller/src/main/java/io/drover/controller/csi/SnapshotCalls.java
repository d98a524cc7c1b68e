package io.drover.controller.csi;

import io.drover.controller.StorageServices;
import io.drover.controller.backup.BackupProgress;
import io.drover.controller.backup.BackupView;
import io.drover.controller.page.Page;
import io.drover.core.error.StorageException;
import io.drover.core.model.Backup;
import io.drover.core.model.BackupId;
import io.drover.core.model.BackupOrigin;
import io.drover.core.model.BackupState;
import io.drover.core.model.SnapshotId;
import io.drover.core.model.VolumeId;
import io.drover.csi.v1.CreateSnapshotRequest;
import io.drover.csi.v1.DeleteSnapshotRequest;
import io.drover.csi.v1.GetSnapshotRequest;
import io.drover.csi.v1.ListSnapshotsRequest;
import io.drover.csi.v1.Snapshot;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The calls about snapshots, which to CSI are local ones and backups alike. */
final class SnapshotCalls {
    private final StorageServices services;

    SnapshotCalls(StorageServices services) {
        this.services = services;
    }

    Snapshot create(CreateSnapshotRequest request) {
        return switch (SnapshotRequests.create(request)) {
            case SnapshotOrder.Local(var wanted) ->
                SnapshotMessages.snapshot(services.snapshotCreation().create(wanted));
            case SnapshotOrder.Upload(var wanted) ->
                uploaded(services.backups().creation().create(wanted, request.getSecretsMap()));
            case SnapshotOrder.Existing(var url, var source) ->
                SnapshotMessages.kept(services.backups().kept().keep(url, request.getSecretsMap()), source);
        };
    }

    /**
     * A failure is told only to who has had the handle: a caller who never had one might not come back, and nobody would ever delete what
     * was made (external-snapshotter forgets a snapshot without a handle after a final error).
     */
    private static Snapshot uploaded(BackupProgress progress) {
        Backup backup = progress.backup();
        if (backup.state() == BackupState.FAILED && !progress.begun()) {
            backup.failure().ifPresent(failure -> {
                throw new StorageException(failure.code(), "cannot back up " + backup.id() + ": " + failure.message());
            });
        }
        return SnapshotMessages.backup(backup);
    }

    void delete(DeleteSnapshotRequest request) {
        String handle = request.getSnapshotId();
        SnapshotHandles.requirePresent("snapshot_id", handle);
        if (!BackupId.isHandle(handle)) {
            SnapshotHandles.find(handle).ifPresent(services.snapshotDeletion()::delete);
        } else if (!BackupId.isKept(handle)) { // what somebody else made stays (docs/decisions)
            SnapshotHandles.findBackup(handle)
                    .ifPresent(id -> services.backups().deletion().delete(id, "", request.getSecretsMap()));
        }
    }

    Snapshot get(GetSnapshotRequest request) {
        String handle = request.getSnapshotId();
        if (!BackupId.isHandle(handle)) {
            return SnapshotMessages.snapshot(
                    services.snapshotQueries().get(SnapshotHandles.require("snapshot_id", handle)));
        }
        return backup(handle, BackupId.ofHandle(handle), request.getSecretsMap())
                .orElseThrow(() -> StorageException.notFound("backup", handle));
    }

    Page<Snapshot> list(ListSnapshotsRequest request) {
        Optional<VolumeId> volume = request.getSourceVolumeId().isEmpty()
                ? Optional.empty()
                : VolumeRequests.find("source_volume_id", request.getSourceVolumeId());
        boolean nobodysVolume = !request.getSourceVolumeId().isEmpty() && volume.isEmpty();
        List<Snapshot> all = nobodysVolume
                ? List.of()
                : matching(request)
                        .filter(snapshot -> volume.isEmpty()
                                || snapshot.getSourceVolumeId()
                                        .equals(volume.get().value()))
                        .toList();
        return Page.of(all, Snapshot::getSnapshotId, request.getMaxEntries(), request.getStartingToken());
    }

    private Stream<Snapshot> matching(ListSnapshotsRequest request) {
        String handle = request.getSnapshotId();
        if (handle.isEmpty()) {
            return Stream.concat(
                    local(Optional.empty()),
                    services.backups().queries().recorded().stream()
                            .filter(backup -> backup.origin() != BackupOrigin.FOREIGN && isCut(backup))
                            .map(SnapshotMessages::backup));
        }
        if (BackupId.isHandle(handle)) {
            return SnapshotHandles.findBackup(handle)
                    .flatMap(id -> backup(handle, id, request.getSecretsMap()))
                    .stream();
        }
        Optional<SnapshotId> id = SnapshotHandles.find(handle);
        return id.isEmpty() ? Stream.empty() : local(id);
    }

    private Stream<Snapshot> local(Optional<SnapshotId> id) {
        return services.snapshotQueries().list(Optional.empty(), id, 0, "").items().stream()
                .map(SnapshotMessages::snapshot);
    }

    /** From its record, or else from the stores: a content that somebody wrote by hand names a backup that nobody here knows. */
    private Optional<Snapshot> backup(String handle, BackupId id, Map<String, String> secrets) {
        return services.backups()
                .queries()
                .find(id, "", secrets)
                .filter(view -> view.backup().map(SnapshotCalls::isCut).orElseGet(() -> isComplete(view)))
                .map(view -> SnapshotMessages.backup(handle, id, view));
    }

    private static boolean isComplete(BackupView view) {
        return view.stored().filter(stored -> stored.isComplete()).isPresent();
    }

    /** Whether there is a moment that it is of. */
    private static boolean isCut(Backup backup) {
        return switch (backup.state()) {
            case UPLOADING, READY, FAILED -> true;
            case PENDING, DELETING -> false;
        };
    }
}
