package io.drover.node.stage;

import io.drover.core.sys.Mount;
import io.drover.node.device.LoopDevice;

/** What the kernel shows at a path, seen from one volume. */
sealed interface PathState {
    /** Nothing is mounted there; there may be a file or directory, or nothing at all. */
    record Unmounted() implements PathState {}

    /** The volume's file system. */
    record ShowsFileSystem(Mount mount, LoopDevice device) implements PathState {}

    /** The volume's device node. */
    record ShowsDevice(Mount mount, LoopDevice device) implements PathState {}

    /** Something that is not of this volume. */
    record ShowsOther(Mount mount) implements PathState {
        String description() {
            return mount.source() + " (" + mount.type() + ")";
        }
    }
}
