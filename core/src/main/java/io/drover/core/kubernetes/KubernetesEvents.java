package io.drover.core.kubernetes;

import io.drover.core.error.StorageException;
import io.drover.core.events.Events;
import io.drover.core.model.Resource;
import io.drover.core.model.Volume;
import io.drover.core.resources.EventFormat;
import io.drover.core.resources.EventFormat.Subject;
import io.drover.core.resources.Kind;
import io.drover.core.resources.ObjectNames;
import io.drover.core.time.Pause;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Events of the Kubernetes API, on the objects of records; those about a volume on the claim that it belongs to as well, where its user
 * looks. Written by a thread of their own; what cannot be written is left out, and what is told again within ten minutes too.
 */
public final class KubernetesEvents implements Events, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(KubernetesEvents.class);
    private static final Duration REPEATED = Duration.ofMinutes(10);
    private static final int WAITING = 256;
    private static final String EVENTS = "events";
    private static final String VOLUMES = "persistentvolumes";

    private final ApiServer server;
    private final Clock clock;
    private final Supplier<String> ids;
    private final BlockingQueue<Warning> waiting = new ArrayBlockingQueue<>(WAITING);
    private final Map<Warning, Instant> told = new HashMap<>();
    private final Thread thread;

    private record Warning(Kind kind, String key, String reason, String message) {}

    private KubernetesEvents(ApiServer server, Clock clock, Supplier<String> ids) {
        this.server = server;
        this.clock = clock;
        this.ids = ids;
        this.thread = Thread.ofVirtual().name("events").unstarted(this::write);
    }

    /** @param ids of new events; letters and digits, never repeated */
    public static KubernetesEvents open(
            KubernetesConnection connection, Clock clock, Pause pause, Supplier<String> ids) {
        KubernetesEvents events = new KubernetesEvents(new ApiServer(connection, clock, pause), clock, ids);
        events.thread.start();
        return events;
    }

    @Override
    public void warn(Class<? extends Resource> kind, String key, String reason, String message) {
        if (!waiting.offer(new Warning(Kind.of(kind), key, reason, message))) {
            log.atDebug().addKeyValue("object", key).log("too many events wait; left out: {} {}", reason, message);
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }

    private void write() {
        try {
            while (true) {
                Warning warning = waiting.take();
                if (isNew(warning)) {
                    attempt(warning);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closed
        }
    }

    private boolean isNew(Warning warning) {
        Instant now = clock.instant();
        told.values().removeIf(when -> when.plus(REPEATED).isBefore(now));
        return told.putIfAbsent(warning, now) == null;
    }

    private void attempt(Warning warning) {
        try {
            String name = ObjectNames.of(warning.kind(), warning.key());
            String plural = warning.kind().plural();
            find(ApiGroup.DROVER, plural, ApiGroup.DROVER.path(server.namespace(), plural) + "/" + name, name)
                    .map(EventFormat::subject)
                    .ifPresent(subject -> post(subject, warning));
            if (warning.kind().type() == Volume.class) {
                find(ApiGroup.CORE, VOLUMES, ApiGroup.CORE.clusterPath(VOLUMES, name), name)
                        .flatMap(volume -> EventFormat.claim(volume, warning.key()))
                        .ifPresent(claim -> post(claim, warning));
            }
        } catch (StorageException e) {
            log.atDebug().addKeyValue("object", warning.key()).log("an event was not written: {}", e.getMessage());
        }
    }

    private Optional<String> find(ApiGroup group, String resource, String path, String name) {
        ApiReply reply = server.send(new ApiRequest(ApiRequest.Verb.GET, group, resource, path, name, ""));
        return reply.isSuccess() ? Optional.of(reply.body()) : Optional.empty();
    }

    private void post(Subject about, Warning warning) {
        // Names have at most 253 characters, and none of their parts ends in a dot or a dash.
        String beginning = about.name().substring(0, Math.min(200, about.name().length()));
        String id = beginning.replaceAll("[.-]+$", "") + "." + ids.get();
        String body = EventFormat.warning(id, about, warning.reason(), warning.message(), clock.instant());
        var _ = server.require(new ApiRequest(
                ApiRequest.Verb.CREATE,
                ApiGroup.CORE,
                EVENTS,
                ApiGroup.CORE.path(about.namespace(), EVENTS),
                id,
                body));
    }
}
