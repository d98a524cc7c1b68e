package io.drover.core.store;

import io.drover.core.error.StorageException;
import io.drover.core.file.Directories;
import io.drover.core.file.ProcessLock;
import io.drover.core.model.Resource;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Keeps records as YAML files, {@code <directory>/<kind>/<key>.yaml}, for one process at a time. All of them are held in memory:
 * reading never blocks, and a file that somebody edits is noticed at the next start only.
 */
public final class DirectoryStore implements ResourceStore, AutoCloseable {
    private final ProcessLock lock;
    private final RecordCache records;

    private DirectoryStore(ProcessLock lock, RecordCache records) {
        this.lock = lock;
        this.records = records;
    }

    /**
     * Opens the directory, makes it if it is missing, and reads every record.
     *
     * @throws StorageException IN_USE naming the process that has it open; CORRUPT naming every file that cannot be read
     */
    public static DirectoryStore open(Path directory) {
        Directories.create(directory);
        ProcessLock lock = ProcessLock.acquire(directory);
        try {
            RecordFiles files = new RecordFiles(directory);
            RecordCache records = new RecordCache(files);
            files.readAll().forEach(records::load);
            return new DirectoryStore(lock, records);
        } catch (RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    @Override
    public <T extends Resource> Optional<Stored<T>> find(Class<T> kind, String key) {
        return records.find(kind, key);
    }

    @Override
    public <T extends Resource> List<Stored<T>> list(Class<T> kind) {
        return records.list(kind);
    }

    @Override
    public <T extends Resource> Stored<T> create(T value) {
        return records.create(value);
    }

    @Override
    public <T extends Resource> Stored<T> update(Stored<T> read, T next) {
        return records.update(read, next);
    }

    @Override
    public <T extends Resource> void delete(Class<T> kind, String key) {
        records.delete(kind, key);
    }

    /** Lets another process in. What was written is durable already. */
    @Override
    public void close() {
        lock.close();
    }
}
