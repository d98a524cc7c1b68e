package io.drover.node.disk;

import io.drover.core.error.StorageException;
import io.drover.core.model.DiskId;
import io.drover.node.pool.PoolEngine;
import java.nio.file.Path;

/**
 * An opened disk.
 *
 * @param engine works on its file system
 * @param root where the file system's part that is ours is reachable: {@code volumes/} and the identity file are here
 * @param host the directory whose file system the disk's space comes from: {@code root} itself, unless there is an image file
 */
public record Disk(DiskId id, DiskConfiguration configuration, DiskKind kind, PoolEngine engine, Path root, Path host)
        implements DiskState {
    /** The directory with a folder per volume. */
    public Path volumes() {
        return root.resolve("volumes");
    }

    /**
     * Looks whether the disk is there still: a file system that was unmounted leaves an empty directory, in which nothing must be made.
     *
     * @throws StorageException UNAVAILABLE if it is not
     */
    public void requirePresent() {
        boolean present = DiskIdentity.file(root)
                .read()
                .filter(identity -> identity.uuid().equals(id.value()))
                .isPresent();
        if (!present) {
            throw StorageException.unavailable("disk " + id + " (" + configuration.shown()
                    + ") is gone: its identity file is not at " + root + " any more; is it mounted?");
        }
    }
}
