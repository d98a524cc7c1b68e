package io.drover.controller.csi;

import io.drover.controller.snapshot.SnapshotSpecification;
import io.drover.core.error.StorageException;
import io.drover.core.model.SnapshotId;
import io.drover.core.model.SnapshotOrigin;
import io.drover.core.model.VolumeId;
import io.drover.core.parameters.SnapshotParameters;
import io.drover.csi.v1.CreateSnapshotRequest;
import java.util.Map;

/** Reads requests about snapshots. */
final class SnapshotRequests {
    private static final String RESERVED_PREFIX = "csi.storage.k8s.io/";

    private SnapshotRequests() {}

    static SnapshotSpecification create(CreateSnapshotRequest request) {
        SnapshotId id = new SnapshotId(new VolumeId(request.getSourceVolumeId()), request.getName());
        requireLocal(request.getParametersMap());
        return new SnapshotSpecification(id, SnapshotOrigin.CSI, Map.of());
    }

    /**
     * Accepts what asks for a local snapshot. Without any parameter of ours that is what is meant while there are no backups
     * (docs/decisions); an empty {@code type} in a class that has others means a backup, as it will.
     *
     * @throws StorageException INVALID for malformed parameters, UNSUPPORTED if a backup is asked for
     */
    static void requireLocal(Map<String, String> parameters) {
        SnapshotParameters read = SnapshotParameters.read(parameters);
        boolean silent = parameters.keySet().stream().allMatch(key -> key.startsWith(RESERVED_PREFIX));
        if (!read.fromBackup().isEmpty()) {
            throw StorageException.unsupported("cannot make a snapshot from a backup: this version has no backups yet;"
                    + " leave the parameter fromBackup out");
        }
        if (!silent && read.type() == SnapshotParameters.Type.BAK) {
            throw StorageException.unsupported(
                    "cannot back a snapshot up: this version has no backups yet; write \"type: snap\" in the"
                            + " VolumeSnapshotClass for a local snapshot");
        }
    }
}
