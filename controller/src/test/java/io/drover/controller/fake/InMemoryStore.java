package io.drover.controller.fake;

import io.drover.core.error.StorageException;
import io.drover.core.model.Resource;
import io.drover.core.store.ResourceStore;
import io.drover.core.store.Stored;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A store that forgets at the end of the process; otherwise as {@link ResourceStore} says. */
public final class InMemoryStore implements ResourceStore {
    private final Map<Class<?>, Map<String, Stored<?>>> records = new java.util.HashMap<>();
    private long version;

    @Override
    public synchronized <T extends Resource> Optional<Stored<T>> find(Class<T> kind, String key) {
        return Optional.ofNullable(cast(kind, of(kind).get(key)));
    }

    @Override
    public synchronized <T extends Resource> List<Stored<T>> list(Class<T> kind) {
        return of(kind).values().stream()
                .map(stored -> new Stored<>(kind.cast(stored.value()), stored.version()))
                .toList();
    }

    @Override
    public synchronized <T extends Resource> Stored<T> create(T value) {
        Map<String, Stored<?>> all = of(value.getClass());
        if (all.containsKey(value.key())) {
            throw StorageException.existsDifferent(value.key() + " exists");
        }
        return put(value);
    }

    @Override
    public synchronized <T extends Resource> Stored<T> update(Stored<T> read, T next) {
        Stored<?> now = of(next.getClass()).get(next.key());
        if (now == null) {
            throw StorageException.notFound(next.getClass().getSimpleName(), next.key());
        }
        if (now.version() != read.version()) {
            throw StorageException.busy(next.key() + " was changed by another");
        }
        return put(next);
    }

    @Override
    public synchronized <T extends Resource> void delete(Class<T> kind, String key) {
        of(kind).remove(key);
    }

    private <T extends Resource> Stored<T> put(T value) {
        Stored<T> stored = new Stored<>(value, ++version);
        of(value.getClass()).put(value.key(), stored);
        return stored;
    }

    private Map<String, Stored<?>> of(Class<?> kind) {
        return records.computeIfAbsent(kind, ignored -> new TreeMap<>());
    }

    private static <T extends Resource> @org.jspecify.annotations.Nullable Stored<T> cast(
            Class<T> kind, @org.jspecify.annotations.Nullable Stored<?> stored) {
        return stored == null ? null : new Stored<>(kind.cast(stored.value()), stored.version());
    }
}
