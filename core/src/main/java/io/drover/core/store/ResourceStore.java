package io.drover.core.store;

import io.drover.core.error.ErrorCode;
import io.drover.core.error.StorageException;
import io.drover.core.model.Resource;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Keeps records durably, by kind and key. A read after a write sees it. When a method that writes returns, the write survives the
 * loss of power; if the process ends inside, the record is the old or the new one, never a mixture. Blocks on disk or network.
 *
 * <p>A record that cannot be read, or whose format is newer than this program, is an error (CORRUPT, naming the place) and never an
 * absence.
 */
public interface ResourceStore {
    /** The record, or empty if there surely is none. */
    <T extends Resource> Optional<Stored<T>> find(Class<T> kind, String key);

    /**
     * All records of a kind, in the order of their keys.
     *
     * @throws StorageException CORRUPT naming those that cannot be read: without them the list is no answer to "is there any?"
     */
    <T extends Resource> List<Stored<T>> list(Class<T> kind);

    /**
     * The records of a kind that can be read, in the order of their keys: for those who show or count, and decide nothing by an
     * absence. One object that somebody damaged then stops nothing else.
     */
    default <T extends Resource> List<Stored<T>> listReadable(Class<T> kind) {
        return list(kind);
    }

    /**
     * Keeps a new record.
     *
     * @throws StorageException EXISTS_DIFFERENT if there is one of this kind and key
     */
    <T extends Resource> Stored<T> create(T value);

    /**
     * Replaces a record.
     *
     * @throws StorageException BUSY if it is not of this version any more, NOT_FOUND if it is gone
     */
    <T extends Resource> Stored<T> update(Stored<T> read, T next);

    /** Removes a record. Calling again after success does nothing. */
    <T extends Resource> void delete(Class<T> kind, String key);

    /**
     * Reads, changes and replaces, again from the start when another writer came between.
     *
     * @throws StorageException NOT_FOUND if there is no such record
     */
    default <T extends Resource> Stored<T> change(Class<T> kind, String key, UnaryOperator<T> change) {
        while (true) {
            Stored<T> read = find(kind, key).orElseThrow(() -> StorageException.notFound(kind.getSimpleName(), key));
            T next = change.apply(read.value());
            if (next.equals(read.value())) {
                return read;
            }
            try {
                return update(read, next);
            } catch (StorageException e) {
                if (e.code() != ErrorCode.BUSY) {
                    throw e;
                }
            }
        }
    }

    /** As {@link #change}; empty if there is no such record, as when it was removed meanwhile. */
    default <T extends Resource> Optional<Stored<T>> changeIfThere(Class<T> kind, String key, UnaryOperator<T> change) {
        try {
            return Optional.of(change(kind, key, change));
        } catch (StorageException e) {
            if (e.code() != ErrorCode.NOT_FOUND) {
                throw e;
            }
            return Optional.empty();
        }
    }
}
