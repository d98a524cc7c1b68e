package io.drover.core.kubernetes;

import io.drover.core.error.StorageException;
import io.drover.core.resources.Kind;
import io.drover.core.resources.KubernetesFormat;
import io.drover.core.resources.ObjectEvent;
import io.drover.core.time.Pause;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a mirror up to date, for as long as it runs: lists once, then watches from the list's version; a watch that ends is opened again
 * from the last version it told; when the server has forgotten that version (410), lists anew. Runs on a thread of its own.
 *
 * <pre>
 *        ┌──────────────── 410 ────────────────┐
 *        ▼                                     │
 *      list ──version──▶ watch ──ended, lost──▶│ (pause) ──▶ watch from the last version
 * </pre>
 */
final class MirrorFeed implements Runnable {
    private static final Logger log = LoggerFactory.getLogger(MirrorFeed.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
    /** A watch that lived for so long was none that failed. */
    private static final Duration LONG_ENOUGH = Duration.ofSeconds(5);

    private static final int FAILURES_BEFORE_LISTING = 3;
    private static final int NOTHING = -1;

    private final Kind kind;
    private final RecordObjects objects;
    private final KubernetesFormat format;
    private final Mirror mirror;
    private final Clock clock;
    private final Pause pause;
    private volatile boolean closed;
    private volatile @Nullable InputStream open;

    MirrorFeed(Kind kind, RecordObjects objects, KubernetesFormat format, Mirror mirror, Clock clock, Pause pause) {
        this.kind = kind;
        this.objects = objects;
        this.format = format;
        this.mirror = mirror;
        this.clock = clock;
        this.pause = pause;
    }

    @Override
    public void run() {
        long version = NOTHING;
        int failures = 0;
        while (!closed) {
            try {
                if (version == NOTHING) {
                    version = list();
                }
                Instant since = clock.instant();
                version = watch(version);
                failures = since.plus(LONG_ENOUGH).isBefore(clock.instant()) ? 0 : failures + 1;
            } catch (ApiServer.WatchRefused e) {
                failures++;
                version = e.code() == ApiReply.GONE ? NOTHING : mirror.seen();
                told(failures, e);
            } catch (StorageException | IOException e) {
                failures++;
                version = version == NOTHING ? NOTHING : mirror.seen();
                told(failures, e);
            } finally {
                mirror.connected(false);
            }
            if (failures >= FAILURES_BEFORE_LISTING) {
                version = NOTHING;
            }
            rest(failures);
        }
    }

    /** Ends the thread soon. */
    void close() {
        closed = true;
        reconnect();
    }

    /** Gives up the connection, which tells nothing any more; the next one is opened at once. */
    void reconnect() {
        ApiServer.giveUp(open);
    }

    private long list() {
        RecordObjects.Listing listing = objects.list(kind);
        mirror.replace(listing.objects(), listing.version());
        return listing.version();
    }

    /** Returns the version from which to watch on, or that there is none. */
    private long watch(long version) throws IOException {
        try (InputStream stream = objects.watch(kind, version);
                BufferedReader lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            open = stream;
            mirror.connected(true);
            String line = closed ? null : lines.readLine();
            while (line != null) {
                switch (format.readEvent(kind, line)) {
                    case ObjectEvent.Written(var object) -> mirror.written(object);
                    case ObjectEvent.Removed(var name, var uid, var at) -> mirror.removed(name, uid, at);
                    case ObjectEvent.Bookmark(var at) -> mirror.heard(at);
                    case ObjectEvent.Failed(var code, var message) -> {
                        log.atDebug()
                                .addKeyValue("kind", kind.plural())
                                .addKeyValue("code", code)
                                .log("watch ended: " + message);
                        return code == ApiReply.GONE ? NOTHING : mirror.seen();
                    }
                }
                line = lines.readLine();
            }
            return mirror.seen();
        } finally {
            open = null;
        }
    }

    private void told(int failures, Exception why) {
        var event = failures == FAILURES_BEFORE_LISTING ? log.atWarn() : log.atDebug();
        if (!closed) {
            event.addKeyValue("kind", kind.plural())
                    .log("records are not watched; they are read from the API server" + " until they are again: "
                            + why.getMessage());
        }
    }

    private void rest(int failures) {
        if (closed || failures == 0) {
            return;
        }
        Duration wait = FIRST_PAUSE.multipliedBy(1L << Math.min(failures, 6));
        try {
            pause.forDuration(wait.compareTo(LONGEST_PAUSE) < 0 ? wait : LONGEST_PAUSE);
        } catch (StorageException e) {
            closed = true; // interrupted: the store is closed
        }
    }
}
