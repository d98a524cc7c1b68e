package io.drover.core.store;

import io.drover.core.model.Resource;
import io.drover.core.resources.Kind;
import java.util.List;
import java.util.Optional;

/** A store that forgets when the process ends: the fake of the other stores, held by the same contract test. */
public final class InMemoryStore implements ResourceStore {
    private final RecordCache records = new RecordCache(new Forgetful());

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

    private static final class Forgetful implements RecordCache.Journal {
        @Override
        public void keep(Kind kind, Stored<?> record) {}

        @Override
        public void remove(Kind kind, String key) {}

        @Override
        public Optional<Stored<?>> reload(Kind kind, String key) {
            throw new IllegalStateException("nothing can fail in memory");
        }
    }
}
