package io.drover.node.disk;

import java.util.Locale;

/** What the user gave as a disk. */
public enum DiskKind {
    /** A directory on btrfs or on XFS with reflink, used as it is. */
    DIRECTORY,
    /** A raw block device with a file system made by Drover. */
    DEVICE,
    /** A directory on any other file system, in which Drover keeps an image file with a file system of its own. */
    IMAGE;

    /** The name on the wire. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
