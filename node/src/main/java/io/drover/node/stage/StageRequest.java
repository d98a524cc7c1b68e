package io.drover.node.stage;

import io.drover.core.model.AccessMode;
import io.drover.core.model.DiskId;
import io.drover.core.model.VolumeId;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Makes a volume ready on this host.
 *
 * @param disk that has the replica; empty = look for it
 * @param stagingPath an existing directory
 */
public record StageRequest(
        VolumeId volume, Optional<DiskId> disk, Path stagingPath, VolumeAccess access, AccessMode mode) {
    /** Whether nobody will write to the volume until it is unstaged. */
    public boolean isReadOnly() {
        return mode.isReadOnly()
                || access instanceof VolumeAccess.Mounted mounted
                        && mounted.options().isReadOnly();
    }
}
