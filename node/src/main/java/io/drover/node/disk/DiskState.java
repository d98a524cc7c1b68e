package io.drover.node.disk;

/** What became of a configured disk: a {@link Disk}, or the reason why there is none. */
public sealed interface DiskState permits Disk, RefusedDisk {
    DiskConfiguration configuration();
}
