package io.drover.core.kubernetes;

import io.drover.core.error.StorageException;
import io.drover.core.resources.PodEvent;
import io.drover.core.resources.PodFormat;
import io.drover.core.resources.PodPlace;
import io.drover.core.time.Pause;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the pods of the hosts' agents are, followed by a list and a watch, and listed anew every minute: an address that is out of date
 * for so long costs calls that fail, and no more. While the API server is away the last ones that it told stay.
 */
public final class NodePods implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(NodePods.class);
    /** As the chart labels the pods of its DaemonSet. */
    static final String SELECTOR = "app.kubernetes.io/name=drover,app.kubernetes.io/component=node";

    private static final String PODS = "pods";
    private static final int PAGE = 500;
    private static final int WATCH_SECONDS = 60;
    /** A watch that has not ended by itself by then is dead. */
    private static final Duration WATCH_LIMIT = Duration.ofSeconds(WATCH_SECONDS + 10);

    private static final Duration PAUSE = Duration.ofSeconds(2);

    private final ApiServer server;
    private final Pause pause;
    private final CountDownLatch listed = new CountDownLatch(1);
    private final Thread thread;
    private volatile Map<String, Optional<String>> places = Map.of();
    private volatile @Nullable InputStream open;
    private volatile boolean closed;
    private Map<String, PodPlace> pods = new HashMap<>();
    private boolean failing;

    private NodePods(ApiServer server, Pause pause) {
        this.server = server;
        this.pause = pause;
        this.thread = Thread.ofVirtual().name("node-pods").unstarted(this::follow);
    }

    /** Begins to follow them; returns at once. */
    public static NodePods open(KubernetesConnection connection, Clock clock, Pause pause) {
        NodePods pods = new NodePods(new ApiServer(connection, clock, pause), pause);
        pods.thread.start();
        return pods;
    }

    /** By name of the node: the address of its pod; empty while that does not run. Nodes without a pod are not in it. Never blocks. */
    public Map<String, Optional<String>> places() {
        return places;
    }

    /** Waits until they were listed once; returns whether they were. */
    public boolean awaitListed(Duration timeout) {
        try {
            return listed.await(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void close() {
        closed = true;
        ApiServer.giveUp(open);
        thread.interrupt();
    }

    private void follow() {
        try {
            while (!closed) {
                attempt();
                pause.forDuration(PAUSE);
            }
        } catch (StorageException e) {
            Thread.currentThread().interrupt(); // closed
        }
    }

    private void attempt() {
        try {
            watch(list());
            failing = false;
        } catch (StorageException | ApiServer.WatchRefused | IOException e) {
            var event = failing || closed ? log.atDebug() : log.atWarn();
            event.log("the pods of hosts are not followed; their last addresses stay: {}", e.getMessage());
            failing = true;
        }
    }

    private long list() {
        Map<String, PodPlace> found = new HashMap<>();
        long version = 0;
        String next = "";
        do {
            PodFormat.Page page = PodFormat.readPage(server.require(request(
                    ApiRequest.Verb.LIST,
                    "&limit=" + PAGE
                            + (next.isEmpty() ? "" : "&continue=" + URLEncoder.encode(next, StandardCharsets.UTF_8)))));
            page.pods().forEach(pod -> found.put(pod.name(), pod));
            version = page.version();
            next = page.next();
        } while (!next.isEmpty());
        pods = found;
        tell();
        listed.countDown();
        return version;
    }

    private void watch(long version) throws IOException {
        ApiRequest request = request(
                ApiRequest.Verb.WATCH, "&watch=true&timeoutSeconds=" + WATCH_SECONDS + "&resourceVersion=" + version);
        InputStream stream = server.watch(request);
        open = stream;
        Thread limit = Thread.ofVirtual().start(() -> limit(stream));
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            String line = closed ? null : lines.readLine();
            while (line != null && take(PodFormat.readEvent(line))) {
                line = lines.readLine();
            }
        } finally {
            open = null;
            limit.interrupt();
        }
    }

    /** Whether the watch goes on. */
    private boolean take(PodEvent event) {
        switch (event) {
            case PodEvent.Seen(var pod) -> pods.put(pod.name(), pod);
            case PodEvent.Gone(var name) -> pods.remove(name);
            case PodEvent.Nothing() -> {}
            case PodEvent.Failed(var message) -> {
                log.atDebug().log("the watch of pods ended: {}", message);
                return false;
            }
        }
        tell();
        return true;
    }

    private void limit(InputStream stream) {
        try {
            pause.forDuration(WATCH_LIMIT);
            ApiServer.giveUp(stream);
        } catch (StorageException e) {
            Thread.currentThread().interrupt(); // it ended in time
        }
    }

    /** Of two pods of a node, an old one that ends and its successor, the one that can be reached counts, or else the younger one. */
    private void tell() {
        Map<String, Optional<String>> next = new TreeMap<>();
        pods.values().stream()
                .filter(pod -> !pod.node().isEmpty())
                .sorted(Comparator.comparing((PodPlace pod) -> pod.address().isPresent())
                        .thenComparing(PodPlace::createdAt))
                .forEach(pod -> next.put(pod.node(), pod.address()));
        places = Map.copyOf(next);
    }

    private ApiRequest request(ApiRequest.Verb verb, String query) {
        String path = ApiGroup.CORE.path(server.namespace(), PODS) + "?labelSelector="
                + URLEncoder.encode(SELECTOR, StandardCharsets.UTF_8) + query;
        return new ApiRequest(verb, ApiGroup.CORE, PODS, path, "", "");
    }
}
