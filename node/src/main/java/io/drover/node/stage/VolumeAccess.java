package io.drover.node.stage;

import io.drover.core.model.FileSystemType;
import io.drover.node.mount.MountOptions;
import java.util.List;
import java.util.Optional;

/** How a workload sees a volume. */
public sealed interface VolumeAccess {
    /** As a device. */
    record Block() implements VolumeAccess {}

    /**
     * As a directory.
     *
     * @param type empty = as it is; ext4 if the volume is blank
     * @param makeParameters more arguments for mkfs, should the volume be blank
     * @param group that may read and write everything; empty = nothing is changed
     */
    record Mounted(
            Optional<FileSystemType> type, MountOptions options, List<String> makeParameters, Optional<Integer> group)
            implements VolumeAccess {
        public Mounted {
            makeParameters = List.copyOf(makeParameters);
        }
    }
}
