package io.drover.core.sys;

import java.nio.file.Path;
import java.util.Optional;

/** Calls on one file or directory. Links are followed unless it says otherwise. */
public interface FileCalls {
    /** The status, or empty if there surely is no such file (ENOENT, ENOTDIR). */
    Optional<FileStatus> status(Path file);

    /** As {@link #status}, of a symbolic link itself. */
    Optional<FileStatus> linkStatus(Path file);

    /**
     * Makes an empty file.
     *
     * @throws SystemCallException EEXIST if there is anything of that name
     */
    void createFile(Path file, int permissions);

    /**
     * Makes a directory, with exactly these permissions.
     *
     * @throws SystemCallException EEXIST if there is anything of that name
     */
    void createDirectory(Path directory, int permissions);

    /** Removes a file's name. False if there surely was none. */
    boolean removeFile(Path file);

    /**
     * Removes an empty directory. False if there surely was none.
     *
     * @throws SystemCallException ENOTEMPTY, EBUSY if it is a mount point
     */
    boolean removeDirectory(Path directory);

    /**
     * Sets the size. What is added reads as zeros and takes no space.
     *
     * @throws SystemCallException ENOENT if there is no such file
     */
    void resize(Path file, long sizeBytes);

    /** fsync of a file or of a directory: when it returns, content and entry names survive the loss of power. */
    void sync(Path file);

    /** Exchanges two names atomically (renameat2 with RENAME_EXCHANGE). Both exist, on one file system. Sync the parents afterwards. */
    void exchange(Path first, Path second);

    /**
     * Renames, and never replaces (renameat2 with RENAME_NOREPLACE).
     *
     * @throws SystemCallException EEXIST if the target exists
     */
    void rename(Path from, Path to);

    /**
     * Makes the file be overwritten in place (FS_NOCOW_FL). Takes effect on btrfs, on an empty file only.
     *
     * @throws SystemCallException EOPNOTSUPP or ENOTTY where the file system has no such flag
     */
    void overwriteInPlace(Path file);

    /** Whether {@link #overwriteInPlace} holds for the file. */
    boolean isOverwrittenInPlace(Path file);

    /** Sets the owner; -1 leaves a part as it is. */
    void owner(Path file, int uid, int gid);

    /** Sets the permission bits. */
    void permissions(Path file, int permissions);

    /**
     * Makes a block device node.
     *
     * @throws SystemCallException EEXIST if there is anything of that name
     */
    void createBlockDeviceNode(Path node, DeviceNumber device, int permissions);
}
