package io.drover.node.stage;

import io.drover.core.model.AccessMode;
import io.drover.core.model.DiskId;
import io.drover.core.model.VolumeId;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Shows a staged volume to one workload.
 *
 * @param targetPath made by us in an existing directory: a directory for a file system, a file for a device
 * @param readOnly whether this workload only reads
 * @param pod {@code namespace/name}, where the caller told
 */
public record PublishRequest(
        VolumeId volume,
        Optional<DiskId> disk,
        Path stagingPath,
        Path targetPath,
        VolumeAccess access,
        AccessMode mode,
        boolean readOnly,
        Optional<String> pod) {
    /** Whether writing has to be impossible at the target. */
    public boolean isReadOnly() {
        return readOnly
                || mode.isReadOnly()
                || access instanceof VolumeAccess.Mounted mounted
                        && mounted.options().isReadOnly();
    }

    public boolean isBlock() {
        return access instanceof VolumeAccess.Block;
    }
}
