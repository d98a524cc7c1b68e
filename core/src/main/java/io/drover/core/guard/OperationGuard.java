package io.drover.core.guard;

import io.drover.core.error.StorageException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Admits one operation per key. The CSI specification ("Concurrency") lets a plugin answer ABORTED to a second call for the same
 * volume, and the sidecars then call again.
 */
public final class OperationGuard {
    private final String kind;
    private final Map<String, String> running = new ConcurrentHashMap<>();

    /** A guard over objects of this kind ("volume"), which appears in messages. */
    public OperationGuard(String kind) {
        this.kind = kind;
    }

    /** Ends the operation; closing again does nothing. */
    public interface Permit extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * Begins an operation on an object.
     *
     * @throws StorageException BUSY if another one is under way
     */
    public Permit enter(String operation, String key) {
        return enter(operation, List.of(key));
    }

    /**
     * Begins an operation on several objects, on all or on none.
     *
     * @throws StorageException BUSY if another one is under way on any of them
     */
    public Permit enter(String operation, Collection<String> keys) {
        List<String> entered = new ArrayList<>();
        for (String key : keys) {
            String other = running.putIfAbsent(key, operation);
            if (other != null) {
                entered.forEach(running::remove);
                throw StorageException.busy("cannot " + operation + " " + kind + " " + key + ": another operation ("
                        + other + ") is under way; call again when it has ended");
            }
            entered.add(key);
        }
        return new Permit() {
            private boolean open = true;

            @Override
            public synchronized void close() {
                if (open) {
                    open = false;
                    entered.forEach(running::remove);
                }
            }
        };
    }
}
