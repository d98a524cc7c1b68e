package io.drover.snapshotter.target;

import io.drover.core.error.StorageException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The files of a backup target. Paths are relative to the target's own path, with slashes between and none at either end; {@code ""} is
 * the top. A directory exists as long as there is a file below it. Safe for use by several threads; every method blocks, and ends: a
 * target that does not answer is an error after some time, never a thread that hangs.
 *
 * <p><b>Unknown is never absent.</b> Only an answer that says so (404 for exactly this object, ENOENT within a target that is surely
 * there) is an absence. Everything else is a {@link StorageException}: UNAVAILABLE if the same call may work later, IN_USE if somebody
 * has to change something at the target first (bucket, permission, key, clock), in the server's own words; what is worth a retry was
 * retried before. A listing is complete, or it is an error.
 */
public interface TargetFiles extends AutoCloseable {
    /** The file's facts, or empty if there surely is none. */
    Optional<TargetFile> find(String path);

    /**
     * The whole content.
     *
     * @param limit more bytes than this are CORRUPT, before they fill the memory
     * @throws StorageException NOT_FOUND if there surely is no such file
     */
    byte[] read(String path, int limit);

    /**
     * As {@link #read(String, int)}, into the beginning of an array, of which more than the file's bytes may change. After an error nobody
     * knows who still writes into the array: it is not to be used for anything else.
     *
     * @return how many bytes the file has; more than the array are CORRUPT
     */
    default int read(String path, byte[] into) {
        byte[] content = read(path, into.length);
        System.arraycopy(content, 0, into, 0, content.length);
        return content.length;
    }

    /**
     * As {@link #read(String, int)}, for content that has no checksum in itself: where the way from the target may change a byte unnoticed, it is
     * compared with the server's own checksum, or read again until two answers agree.
     *
     * @throws StorageException NOT_FOUND if there surely is no such file; UNAVAILABLE if it reads differently each time
     */
    default byte[] readSurely(String path, int limit) {
        return read(path, limit);
    }

    /** Replaces or makes the file as a whole: a reader sees the old content, the new one, or none, and never a part. Durable on return. */
    void write(String path, byte[] content);

    /** As {@link #write(String, byte[])}, of the first bytes of an array only. */
    default void write(String path, byte[] content, int length) {
        write(path, length == content.length ? content : Arrays.copyOf(content, length));
    }

    /** Names directly below a directory, in no particular order; files of unfinished writes are left out. Empty if it surely does not exist. */
    List<TargetEntry> list(String directory);

    /** All files below a directory, at any depth, in no particular order, as the listing goes on. None if it surely does not exist. */
    void walk(String directory, Consumer<TargetFile> receiver);

    /**
     * As {@link #walk(String, Consumer)}, and apart from them the files of writes that are under way or were cut off. None where a write
     * that is cut off leaves nothing.
     */
    default void walk(String directory, Consumer<TargetFile> receiver, Consumer<TargetFile> unfinished) {
        walk(directory, receiver);
    }

    /** Removes exactly this file, and then parents that are empty, where there are such. Absent is success. */
    void delete(String path);

    /** Calls made so far over the network or to the kernel, for figures. */
    long requests();

    /** The target as messages name it: its URL without anything secret. */
    String description();

    @Override
    void close();
}
