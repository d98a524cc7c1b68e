package io.drover.core.sys;

import java.nio.file.Path;

/** Calls on a mounted file system as a whole, named by any directory inside of it. */
public interface FileSystemCalls {
    /** Size and type. */
    FileSystemStatistics statistics(Path directory);

    /**
     * Stops all writes and makes the file system clean on disk (FIFREEZE), until {@link #thaw}.
     *
     * @throws SystemCallException EBUSY if it is frozen already, EOPNOTSUPP if it cannot be
     */
    void freeze(Path directory);

    /**
     * Lets writes go on (FITHAW).
     *
     * @throws SystemCallException EINVAL if it is not frozen
     */
    void thaw(Path directory);

    /**
     * Discards free space (FITRIM).
     *
     * @return bytes discarded, as the file system counts them
     * @throws SystemCallException EOPNOTSUPP if the device cannot
     */
    long trim(Path directory);

    /** Writes everything out (syncfs). */
    void sync(Path directory);

    /**
     * Lets the file system fall dead without writing anything more, not even its log: every later access is EIO. For tests of
     * durability. (XFS_IOC_GOINGDOWN, which ext4 understands too.)
     */
    void shutDownWithoutFlush(Path directory);
}
