package io.drover.core.sys;

import java.nio.file.Path;

/** Subvolumes of btrfs, by ioctl (linux/btrfs.h). */
public interface SubvolumeCalls {
    /**
     * Makes an empty subvolume. Not durable before its parent directory is synced.
     *
     * @throws SystemCallException EEXIST, ENOSPC; ENOTTY if the parent is not on btrfs
     */
    void create(Path subvolume);

    /**
     * Makes a snapshot, of one moment also while files in the source are written to, and durable when this returns.
     *
     * @param source a subvolume, which may be read-only itself
     * @param target does not exist yet, on the same file system
     */
    void snapshot(Path source, Path target, boolean readOnly);

    /**
     * Removes a subvolume and all that it contains, read-only ones too. Space comes back in the background, beginning within the
     * commit interval of the file system (30 s unless mounted otherwise).
     *
     * @throws SystemCallException ENOENT if it is absent, EBUSY while it is mounted or a send runs, ENOTEMPTY if it has subvolumes inside
     */
    void destroy(Path subvolume);

    /** Whether the path is the top of a subvolume (a directory on btrfs whose inode number is 256). */
    boolean isSubvolume(Path path);

    /** Whether it refuses changes. */
    boolean isReadOnly(Path subvolume);
}
