package io.drover.core.kubernetes;

import io.drover.core.error.StorageException;
import io.drover.core.resources.Kind;
import io.drover.core.resources.KubernetesFormat;
import io.drover.core.resources.ObjectRead;
import io.drover.core.time.Pause;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The mirrors of all kinds, the feeds that fill them, and a keeper who looks after both. Each runs on a virtual thread. */
final class Mirrors implements AutoCloseable {
    /** The server sends a bookmark about every minute (k8s.io/apiserver, watch cache). */
    private static final Duration SILENCE = Duration.ofSeconds(150);

    private static final Duration ROUND = Duration.ofSeconds(10);
    private static final Duration GLANCE = Duration.ofMillis(20);

    private final Map<Kind, Mirror> mirrors = new EnumMap<>(Kind.class);
    private final Map<Kind, MirrorFeed> feeds = new EnumMap<>(Kind.class);
    private final List<Thread> threads = new ArrayList<>();
    private final Clock clock;
    private final Pause pause;

    Mirrors(RecordObjects objects, KubernetesFormat format, Clock clock, Pause pause) {
        this.clock = clock;
        this.pause = pause;
        for (Kind kind : Kind.values()) {
            Mirror mirror = new Mirror(kind.plural(), clock, SILENCE);
            mirrors.put(kind, mirror);
            feeds.put(kind, new MirrorFeed(kind, objects, format, mirror, clock, pause));
        }
    }

    void start(Publisher publisher, LastBackups lastBackups) {
        feeds.forEach((kind, feed) ->
                threads.add(Thread.ofVirtual().name("mirror-" + kind.plural()).start(feed)));
        threads.add(Thread.ofVirtual().name("mirror-keeper").start(() -> keep(publisher, lastBackups)));
    }

    Mirror of(Kind kind) {
        return Objects.requireNonNull(mirrors.get(kind));
    }

    boolean areTrusted() {
        return mirrors.values().stream().allMatch(Mirror::isTrusted);
    }

    boolean awaitTrusted(Duration timeout) {
        Instant end = clock.instant().plus(timeout);
        while (!areTrusted()) {
            if (!clock.instant().isBefore(end)) {
                return false;
            }
            pause.forDuration(GLANCE);
        }
        return true;
    }

    List<ObjectRead.Unreadable> unreadable() {
        return mirrors.values().stream()
                .flatMap(mirror -> mirror.all().stream())
                .filter(ObjectRead.Unreadable.class::isInstance)
                .map(ObjectRead.Unreadable.class::cast)
                .toList();
    }

    @Override
    public void close() {
        feeds.values().forEach(MirrorFeed::close);
        threads.forEach(Thread::interrupt);
    }

    /** Gives up connections that are dead without saying so, and shows what interrupted writers did not. */
    private void keep(Publisher publisher, LastBackups lastBackups) {
        Map<String, Long> unpublished = new HashMap<>();
        try {
            while (!Thread.currentThread().isInterrupted()) {
                pause.forDuration(ROUND);
                mirrors.forEach((kind, mirror) -> {
                    if (mirror.isSilent()) {
                        Objects.requireNonNull(feeds.get(kind)).reconnect();
                    }
                });
                unpublished = publishOld(publisher, unpublished);
                lastBackups.show(of(Kind.VOLUME), of(Kind.BACKUP));
            }
        } catch (StorageException e) {
            Thread.currentThread().interrupt(); // closed
        }
    }

    /** Only what was the same a round ago: what is newer belongs to a writer who is at work. */
    private Map<String, Long> publishOld(Publisher publisher, Map<String, Long> before) {
        Map<String, Long> now = new HashMap<>();
        mirrors.forEach((kind, mirror) -> mirror.all().forEach(object -> {
            if (object instanceof ObjectRead.Readable readable && !readable.published()) {
                if (Long.valueOf(readable.version()).equals(before.get(readable.uid()))) {
                    publisher.publish(kind, readable);
                } else {
                    now.put(readable.uid(), readable.version());
                }
            }
        }));
        return now;
    }
}
