package io.drover.snapshotter.target;

import io.drover.core.error.StorageException;
import io.drover.core.time.Pause;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The connections to S3 servers that are open in this process, one for each target and its credentials: making one takes far longer than
 * a request. It is shared by all who use it at a time and closed some time after the last. One whose credentials were replaced
 * serves those who have it, and nobody after them. Safe for several threads.
 */
final class S3Connections implements AutoCloseable {
    private static final Duration IDLE = Duration.ofMinutes(5);

    private final Map<String, String> environment;
    private final S3Timing timing;
    private final Pause pause;
    private final Map<Key, Shared> connections = new HashMap<>();
    private boolean closed;

    /** What makes two connections the same. Its text shows nothing secret. */
    private record Key(TargetAddress.S3 address, TargetCredentials credentials) {}

    /**
     * No connection yet.
     *
     * @param environment of the process, for what credentials leave open
     * @param pause until an unused connection is closed
     */
    S3Connections(Map<String, String> environment, S3Timing timing, Pause pause) {
        this.environment = Map.copyOf(environment);
        this.timing = timing;
        this.pause = pause;
    }

    /** Takes a share of a connection, which is made if there is none. Nothing is asked of the server. */
    synchronized Lease lease(TargetAddress.S3 address, TargetCredentials credentials) {
        Key key = new Key(address, credentials);
        Shared shared = connections.get(key);
        if (shared == null) {
            shared = new Shared(key, S3Connection.open(address, credentials, environment, timing));
            replaceOthers(address);
            connections.put(key, shared);
        }
        shared.users++;
        shared.uses++;
        return new Lease(shared);
    }

    /** How many are open, used or not. */
    synchronized int open() {
        return connections.size();
    }

    /** Closes what nobody uses, and everything else as soon as nobody does. */
    @Override
    public synchronized void close() {
        closed = true;
        List.copyOf(connections.values()).forEach(this::closeIfUnused);
    }

    /** Those of other credentials for the same target. */
    private void replaceOthers(TargetAddress.S3 address) {
        for (Shared other : new ArrayList<>(connections.values())) {
            if (other.key.address().equals(address)) {
                other.replaced = true;
                closeIfUnused(other);
            }
        }
    }

    private synchronized void giveBack(Shared shared) {
        shared.users--;
        if (closed || shared.replaced) {
            closeIfUnused(shared);
        } else if (shared.users == 0 && !shared.watched) {
            shared.watched = true;
            var _ = Thread.ofVirtual().name("idle S3 connection").start(() -> closeWhenIdle(shared));
        }
    }

    private void closeWhenIdle(Shared shared) {
        long seen = uses(shared);
        while (seen >= 0) {
            try {
                pause.forDuration(IDLE);
            } catch (StorageException e) {
                return; // the process ends
            }
            seen = closedIfStill(shared, seen) ? -1 : uses(shared);
        }
    }

    /** How often the connection was taken; negative while somebody has it, whose giving back then begins to watch anew. */
    private synchronized long uses(Shared shared) {
        shared.watched = shared.users == 0 && connections.get(shared.key) == shared;
        return shared.watched ? shared.uses : -1;
    }

    private synchronized boolean closedIfStill(Shared shared, long uses) {
        if (shared.uses != uses) {
            return false;
        }
        closeIfUnused(shared);
        return true;
    }

    private synchronized void closeIfUnused(Shared shared) {
        if (shared.users == 0 && connections.remove(shared.key, shared)) {
            shared.connection.close();
        }
    }

    /** A connection and who has it. Guarded by the monitor of all. */
    private static final class Shared {
        private final Key key;
        private final S3Connection connection;
        private int users;
        private long uses;
        private boolean watched;
        private boolean replaced;

        private Shared(Key key, S3Connection connection) {
            this.key = key;
            this.connection = connection;
        }
    }

    /** A share of a connection, until it is closed. */
    final class Lease implements AutoCloseable {
        private final Shared shared;
        private boolean open = true;

        private Lease(Shared shared) {
            this.shared = shared;
        }

        S3Connection connection() {
            return shared.connection;
        }

        /** Gives the share back. Closing again does nothing. */
        @Override
        public void close() {
            synchronized (S3Connections.this) {
                if (open) {
                    open = false;
                    giveBack(shared);
                }
            }
        }
    }
}
