package io.drover.core.store;

import io.drover.core.error.StorageException;
import io.drover.core.model.Resource;
import io.drover.core.resources.Kind;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * The records in memory, and the rules of {@link ResourceStore}. A change is written down first, by a {@link Journal}, and seen
 * afterwards. Writers of one record wait for each other, readers for nobody. Versions are never used twice while the process lives, so
 * that a record deleted and made anew cannot be taken for the old one.
 */
final class RecordCache implements ResourceStore {
    private static final int STRIPES = 64;

    private final Map<Kind, ConcurrentSkipListMap<String, Stored<?>>> records = new EnumMap<>(Kind.class);
    private final ReentrantLock[] locks = new ReentrantLock[STRIPES];
    private final AtomicLong versions = new AtomicLong();
    private final Journal journal;

    RecordCache(Journal journal) {
        this.journal = journal;
        for (Kind kind : Kind.values()) {
            records.put(kind, new ConcurrentSkipListMap<>());
        }
        for (int i = 0; i < STRIPES; i++) {
            locks[i] = new ReentrantLock();
        }
    }

    /** Where changes are made to last. Called for one record by one thread at a time. */
    interface Journal {
        /** Durable when it returns. */
        void keep(Kind kind, Stored<?> record);

        /** Durable when it returns; an absent record is no error. */
        void remove(Kind kind, String key);

        /** What is there, asked after a failure of the other two. */
        Optional<? extends Stored<?>> reload(Kind kind, String key);
    }

    /** Takes in a record that exists already. */
    void load(Stored<?> record) {
        Kind kind = Kind.of(record.value());
        of(kind).put(record.value().key(), record);
        versions.accumulateAndGet(record.version(), Math::max);
    }

    @Override
    public <T extends Resource> Optional<Stored<T>> find(Class<T> type, String key) {
        return Optional.ofNullable(of(Kind.of(type)).get(key)).map(RecordCache::<T>typed);
    }

    @Override
    public <T extends Resource> List<Stored<T>> list(Class<T> type) {
        return of(Kind.of(type)).values().stream().map(RecordCache::<T>typed).toList();
    }

    @Override
    public <T extends Resource> Stored<T> create(T value) {
        Kind kind = Kind.of(value);
        return locked(kind, value.key(), () -> {
            if (of(kind).containsKey(value.key())) {
                throw StorageException.existsDifferent("cannot record " + kind.text() + " " + value.key()
                        + ": there is one of this name already; choose another name");
            }
            return keep(kind, new Stored<>(value, versions.incrementAndGet()));
        });
    }

    @Override
    public <T extends Resource> Stored<T> update(Stored<T> read, T next) {
        Kind kind = Kind.of(next);
        String key = read.value().key();
        if (!key.equals(next.key())) {
            throw new IllegalArgumentException(kind.text() + " " + key + " cannot become " + next.key());
        }
        return locked(kind, key, () -> {
            Stored<?> current = of(kind).get(key);
            if (current == null) {
                throw StorageException.notFound(kind.text(), key);
            }
            if (current.version() != read.version()) {
                throw StorageException.busy(
                        "cannot record " + kind.text() + " " + key + ": it was changed in between; call again");
            }
            return keep(kind, new Stored<>(next, versions.incrementAndGet()));
        });
    }

    @Override
    public <T extends Resource> void delete(Class<T> type, String key) {
        Kind kind = Kind.of(type);
        locked(kind, key, () -> {
            if (of(kind).containsKey(key)) {
                journal.remove(kind, key);
                of(kind).remove(key);
            }
            return key;
        });
    }

    private <T extends Resource> Stored<T> keep(Kind kind, Stored<T> record) {
        journal.keep(kind, record);
        of(kind).put(record.value().key(), record);
        return record;
    }

    private <R> R locked(Kind kind, String key, Supplier<R> change) {
        ReentrantLock lock = locks[Math.floorMod(31 * kind.hashCode() + key.hashCode(), STRIPES)];
        lock.lock();
        try {
            return change.get();
        } catch (StorageException e) {
            throw e;
        } catch (RuntimeException e) {
            resynchronise(kind, key, e);
            throw e;
        } finally {
            lock.unlock();
        }
    }

    /** After a write that failed nobody knows whether the old or the new record is there: look. What is in memory stays if that fails. */
    private void resynchronise(Kind kind, String key, RuntimeException failure) {
        try {
            journal.reload(kind, key).ifPresentOrElse(record -> of(kind).put(key, record), () -> of(kind).remove(key));
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
        }
    }

    private ConcurrentSkipListMap<String, Stored<?>> of(Kind kind) {
        return Objects.requireNonNull(records.get(kind));
    }

    @SuppressWarnings("unchecked") // a kind holds records of its class only
    private static <T extends Resource> Stored<T> typed(Stored<?> record) {
        return (Stored<T>) record;
    }
}
