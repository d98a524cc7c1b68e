package io.drover.core.kubernetes;

import io.drover.core.resources.ObjectRead;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The objects of one kind in memory. What one feed tells ({@link MirrorFeed}) and what this process reads and writes itself arrive in
 * any order; what is older never replaces what is newer.
 *
 * <p>Invariant: everything that happened up to {@link #seen} is in here. So an object read or written by this process whose version is
 * not higher, and that is not here, is gone already.
 */
final class Mirror {
    private static final Logger log = LoggerFactory.getLogger(Mirror.class);

    private final String plural;
    private final Clock clock;
    private final Duration silence;
    private final Map<String, ObjectRead> objects = new HashMap<>();
    /** Deleted by this process; the feed may still tell of their lives. */
    private final Set<String> deleted = new HashSet<>();

    private long seen = -1;
    private boolean connected;
    private Instant lastHeard = Instant.MIN;

    /**
     * @param silence after which a feed that is connected, but tells nothing, is not believed any more
     */
    Mirror(String plural, Clock clock, Duration silence) {
        this.plural = plural;
        this.clock = clock;
        this.silence = silence;
    }

    /** Whether what is in here is so at this moment, as far as anybody can tell. */
    synchronized boolean isTrusted() {
        return connected && !isSilent();
    }

    /** Whether the feed is connected, but has not even told that it lives. */
    synchronized boolean isSilent() {
        return connected && lastHeard.plus(silence).isBefore(clock.instant());
    }

    synchronized Optional<ObjectRead> find(String name) {
        return Optional.ofNullable(objects.get(name));
    }

    synchronized List<ObjectRead> all() {
        return List.copyOf(objects.values());
    }

    /** Takes in what this process read or wrote. */
    synchronized void put(ObjectRead object) {
        if (object.version() > seen) {
            putNewer(object);
        }
    }

    /** This process deleted the object of this uid. */
    synchronized void delete(String name, String uid) {
        deleted.add(uid);
        ObjectRead current = objects.get(name);
        if (current != null && current.uid().equals(uid)) {
            objects.remove(name);
        }
    }

    /** The feed has a whole list. */
    synchronized void replace(List<ObjectRead> listed, long version) {
        if (version < seen) {
            // The cluster's database was put back to an earlier day.
            objects.clear();
        }
        Map<String, ObjectRead> before = Map.copyOf(objects);
        objects.clear();
        seen = version;
        Set<String> stillThere = new HashSet<>();
        for (ObjectRead object : listed) {
            stillThere.add(object.uid());
            if (!deleted.contains(object.uid())) {
                report(before.get(object.name()), object);
                objects.put(object.name(), object);
            }
        }
        deleted.retainAll(stillThere);
        // Written by this process while the list was on its way.
        before.values().forEach(this::put);
        lastHeard = clock.instant();
    }

    /** The feed tells of a new object or a change. */
    synchronized void written(ObjectRead object) {
        heard(object.version());
        putNewer(object);
    }

    /** The feed tells of a removal. */
    synchronized void removed(String name, String uid, long version) {
        heard(version);
        deleted.remove(uid);
        ObjectRead current = objects.get(name);
        if (current != null && current.uid().equals(uid)) {
            objects.remove(name);
        }
    }

    /** The feed tells that it has told everything up to a version. */
    synchronized void heard(long version) {
        seen = Math.max(seen, version);
        lastHeard = clock.instant();
    }

    synchronized void connected(boolean now) {
        connected = now;
        if (now) {
            lastHeard = clock.instant();
        }
    }

    synchronized long seen() {
        return seen;
    }

    private void putNewer(ObjectRead object) {
        ObjectRead current = objects.get(object.name());
        if (!deleted.contains(object.uid()) && (current == null || current.version() < object.version())) {
            report(current, object);
            objects.put(object.name(), object);
        }
    }

    private void report(@org.jspecify.annotations.Nullable ObjectRead before, ObjectRead now) {
        boolean known = before != null && before.version() == now.version();
        if (!known && now instanceof ObjectRead.Unreadable unreadable) {
            log.atWarn()
                    .addKeyValue("kind", plural)
                    .addKeyValue("name", unreadable.name())
                    .log(String.valueOf(unreadable.problem().getMessage()));
        }
    }
}
