package io.drover.snapshotter.store;

import io.drover.snapshotter.format.BackupConfiguration;

/** What a new backup can build on. */
public sealed interface Base {
    /** The last backup's snapshot is here: only what changed since has to be read, and the new map is the old one with that put over it. */
    record Incremental(BackupConfiguration last, LocalSnapshot snapshot) implements Base {}

    /**
     * The last backup is there and its snapshot is not: everything has to be read, and the backup is a full one, but blocks that the last
     * map names at the same offset need no look at the store.
     */
    record Comparable(BackupConfiguration last, String reason) implements Base {}

    /** Nothing: the first backup, or the last one is of no use. */
    record None(String reason) implements Base {}
}
