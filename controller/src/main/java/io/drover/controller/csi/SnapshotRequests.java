package io.drover.controller.csi;

import io.drover.controller.backup.BackupSpecification;
import io.drover.controller.snapshot.SnapshotSpecification;
import io.drover.core.error.StorageException;
import io.drover.core.model.BackupId;
import io.drover.core.model.BackupOrigin;
import io.drover.core.model.BackupUrl;
import io.drover.core.model.SnapshotId;
import io.drover.core.model.SnapshotOrigin;
import io.drover.core.model.VolumeId;
import io.drover.core.parameters.SnapshotParameters;
import io.drover.csi.v1.CreateSnapshotRequest;
import java.util.Map;

/** Reads requests about snapshots. */
final class SnapshotRequests {
    private static final String RESERVED_PREFIX = "csi.storage.k8s.io/";
    private static final int MAX_HANDLE = 128;

    private SnapshotRequests() {}

    /**
     * Types a request. Without a {@code type} a backup is meant (docs/decisions).
     *
     * @throws StorageException INVALID for malformed names and parameters, and for names that together make no handle
     */
    static SnapshotOrder create(CreateSnapshotRequest request) {
        SnapshotId id = new SnapshotId(new VolumeId(request.getSourceVolumeId()), request.getName());
        SnapshotParameters read = SnapshotParameters.read(request.getParametersMap());
        if (!read.fromBackup().isEmpty()) {
            BackupUrl url = BackupUrl.parse(read.fromBackup());
            requireShort(url.backup().keptHandle());
            return new SnapshotOrder.Existing(url, id.volume());
        }
        return switch (read.type()) {
            case SNAP -> new SnapshotOrder.Local(new SnapshotSpecification(id, SnapshotOrigin.CSI, Map.of()));
            case BAK -> {
                BackupId backup = new BackupId(id.volume(), id.name());
                requireShort(backup.handle());
                yield new SnapshotOrder.Upload(new BackupSpecification(
                        backup, BackupOrigin.CSI, "", read.backupTarget(), read.backupMode(), Map.of()));
            }
        };
    }

    /** CSI's limit for ids ("Size Limits" in the specification). */
    private static void requireShort(String handle) {
        if (handle.length() > MAX_HANDLE) {
            throw StorageException.invalid("the names of volume and snapshot are too long for a backup: its id \""
                    + handle + "\" has " + handle.length() + " characters, and " + MAX_HANDLE
                    + " are possible; choose shorter names");
        }
    }

    /**
     * Accepts what asks for a group of snapshots, which are local: so is one without any parameter of ours, but not one that asks for a
     * backup by any of them.
     *
     * @throws StorageException INVALID for malformed parameters, UNSUPPORTED if a backup is asked for
     */
    static void requireLocal(Map<String, String> parameters) {
        SnapshotParameters read = SnapshotParameters.read(parameters);
        boolean silent = parameters.keySet().stream().allMatch(key -> key.startsWith(RESERVED_PREFIX));
        if (!read.fromBackup().isEmpty() || (!silent && read.type() == SnapshotParameters.Type.BAK)) {
            throw StorageException.unsupported(
                    "cannot back a group of snapshots up: groups are local only; write \"type: snap\" in the"
                            + " VolumeGroupSnapshotClass, and back the volumes up one by one");
        }
    }
}
