package io.drover.core.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.fabric8.zjsonpatch.JsonPatch;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * As much of an API server as the store uses: objects with versions, uids and generations, the status subresource, JSON patches, lists,
 * watches. Held by the same contract test as the real one. It can be told to fail.
 */
final class FakeApiServer implements AutoCloseable {
    /** What goes wrong with the next request that fits. */
    enum Fault {
        /** Refused as the server is busy, nothing done. */
        TOO_MANY,
        /** An error of the server, nothing done. */
        UNAVAILABLE,
        /** Done, but the answer is lost. */
        ANSWER_LOST,
        /** Nobody answers, for as long as the server runs. */
        HANG,
        FORBIDDEN,
        INVALID,
        /** The kind is not known. */
        NO_SUCH_KIND
    }

    private record Planned(String method, String path, Fault fault) {}

    private record Event(String plural, long version, ObjectNode line) {}

    private final JsonMapper mapper = JsonMapper.builder().build();
    private final Map<String, ObjectNode> objects = new TreeMap<>();
    private final List<Event> history = new ArrayList<>();
    private final List<BlockingQueue<ObjectNode>> watchers = new ArrayList<>();
    private final List<String> requests = new ArrayList<>();
    private final List<Planned> faults = new ArrayList<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer server;
    private long version = 100;
    private long forgotten;
    private volatile boolean closed;

    FakeApiServer() throws IOException {
        this(0);
    }

    FakeApiServer(int port) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** The next request of this method whose path contains this fails so. What hangs is done as well, and hangs after that. */
    synchronized void plan(String method, String path, Fault fault) {
        faults.add(new Planned(method, path, fault));
    }

    /** Every request so far: {@code PATCH …/volumes/pvc-1/status}. */
    synchronized List<String> requests() {
        return List.copyOf(requests);
    }

    synchronized void forgetRequests() {
        requests.clear();
    }

    /** Ends all watches, as a restart does. With {@code forget}, what happened so far is not told again: 410. */
    synchronized void dropWatches(boolean forget) {
        if (forget) {
            forgotten = version;
        }
        watchers.forEach(watcher -> watcher.add(mapper.createObjectNode()));
        watchers.clear();
    }

    /** Changes an object behind the store's back. */
    synchronized void edit(String plural, String name, java.util.function.Consumer<ObjectNode> change) {
        ObjectNode object = object(plural + "/" + name).deepCopy();
        change.accept(object);
        keep(plural, name, object, "MODIFIED");
    }

    /** Puts an object there, as somebody else would. */
    synchronized void put(String plural, String json) {
        ObjectNode object = parse(json);
        String name = object.path("metadata").path("name").asText();
        keep(plural, name, born(object), "ADDED");
    }

    synchronized void remove(String plural, String name) {
        ObjectNode gone = objects.remove(plural + "/" + name);
        if (gone != null) {
            tell(plural, name, gone, "DELETED");
        }
    }

    synchronized JsonNode get(String plural, String name) {
        return object(plural + "/" + name).deepCopy();
    }

    @Override
    public void close() {
        closed = true;
        dropWatches(false);
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        String method = exchange.getRequestMethod();
        String path = exchange.getRequestURI().getPath();
        String query = String.valueOf(exchange.getRequestURI().getQuery());
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        if (query.contains("watch=true")) {
            watch(exchange, path, query);
            return;
        }
        Answer answer;
        Fault fault;
        synchronized (this) {
            requests.add(method + " " + path);
            fault = planned(method, path);
            answer = fault == null || fault == Fault.ANSWER_LOST || fault == Fault.HANG
                    ? serve(method, path, body)
                    : failed(fault);
        }
        if (fault == Fault.HANG) {
            hang();
        }
        if (fault == Fault.ANSWER_LOST) {
            exchange.close();
            return;
        }
        byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(answer.code(), bytes.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }

    private void hang() {
        while (!closed) {
            LockSupport.parkNanos(20_000_000);
        }
    }

    private record Answer(int code, String body) {}

    private @Nullable Fault planned(String method, String path) {
        for (Planned planned : faults) {
            if (planned.method().equals(method) && path.contains(planned.path())) {
                faults.remove(planned);
                return planned.fault();
            }
        }
        return null;
    }

    private Answer failed(Fault fault) {
        return switch (fault) {
            case TOO_MANY -> status(429, "TooManyRequests", "slow down", "");
            case UNAVAILABLE -> status(503, "ServiceUnavailable", "etcd is away", "");
            case FORBIDDEN -> status(403, "Forbidden", "User \"x\" cannot do this", "");
            case INVALID -> status(422, "Invalid", "spec.size: Invalid value: -1", "");
            case NO_SUCH_KIND -> new Answer(404, "404 page not found\n");
            case ANSWER_LOST, HANG -> throw new IllegalStateException();
        };
    }

    private Answer serve(String method, String path, String body) {
        List<String> parts =
                List.of(path.substring(path.indexOf("/namespaces/") + 1).split("/"));
        String plural = parts.get(2);
        String name = parts.size() > 3 ? parts.get(3) : "";
        boolean status = parts.size() > 4;
        if (method.equals("POST")) {
            return create(plural, parse(body));
        }
        if (name.isEmpty()) {
            return list(plural);
        }
        ObjectNode object = objects.get(plural + "/" + name);
        if (object == null) {
            return status(404, "NotFound", plural + " \"" + name + "\" not found", name);
        }
        return switch (method) {
            case "GET" -> new Answer(200, object.toString());
            case "PATCH" -> patch(plural, name, object, status, body);
            case "DELETE" -> delete(plural, name, object, body);
            default -> status(405, "MethodNotAllowed", method, "");
        };
    }

    private Answer create(String plural, ObjectNode object) {
        String name = object.path("metadata").path("name").asText();
        if (objects.containsKey(plural + "/" + name)) {
            return status(409, "AlreadyExists", plural + " \"" + name + "\" already exists", name);
        }
        ObjectNode born = born(object);
        born.remove("status");
        return new Answer(201, keep(plural, name, born, "ADDED").toString());
    }

    private Answer list(String plural) {
        ObjectNode list = mapper.createObjectNode();
        list.putObject("metadata").put("resourceVersion", String.valueOf(version));
        ArrayNode items = list.putArray("items");
        objects.forEach((path, object) -> {
            if (path.startsWith(plural + "/")) {
                items.add(object);
            }
        });
        return new Answer(200, list.toString());
    }

    private Answer patch(String plural, String name, ObjectNode object, boolean status, String body) {
        ObjectNode patched;
        try {
            patched = (ObjectNode) JsonPatch.apply(parseAny(body), object);
        } catch (RuntimeException e) {
            return status(422, "Invalid", "the patch does not fit: " + e.getMessage(), name);
        }
        if (!patched.path("metadata")
                .path("resourceVersion")
                .equals(object.path("metadata").path("resourceVersion"))) {
            return status(409, "Conflict", "the object has been modified", name);
        }
        ObjectNode next = object.deepCopy();
        if (status) {
            next.set("status", patched.get("status"));
        } else {
            next.set("spec", patched.get("spec"));
            next.set("metadata", patched.get("metadata"));
        }
        if (next.equals(object)) {
            return new Answer(200, object.toString());
        }
        if (!next.path("spec").equals(object.path("spec"))) {
            ObjectNode metadata = (ObjectNode) next.get("metadata");
            metadata.put("generation", metadata.path("generation").asLong() + 1);
        }
        return new Answer(200, keep(plural, name, next, "MODIFIED").toString());
    }

    private Answer delete(String plural, String name, ObjectNode object, String body) {
        JsonNode wanted = body.isEmpty() ? mapper.createObjectNode() : parse(body);
        String uid = wanted.path("preconditions").path("uid").asText();
        if (!uid.isEmpty() && !uid.equals(object.path("metadata").path("uid").asText())) {
            return status(409, "Conflict", "the uid is another one", name);
        }
        objects.remove(plural + "/" + name);
        tell(plural, name, object, "DELETED");
        return new Answer(200, "{\"kind\":\"Status\",\"status\":\"Success\"}");
    }

    private static ObjectNode born(ObjectNode object) {
        ObjectNode metadata = (ObjectNode) object.get("metadata");
        metadata.put("uid", UUID.randomUUID().toString());
        metadata.put("generation", 1);
        metadata.put(
                "creationTimestamp",
                Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        return object;
    }

    private ObjectNode keep(String plural, String name, ObjectNode object, String type) {
        objects.put(plural + "/" + name, object);
        return tell(plural, name, object, type);
    }

    private ObjectNode tell(String plural, String name, ObjectNode object, String type) {
        ObjectNode now = object.deepCopy();
        ((ObjectNode) now.get("metadata")).put("resourceVersion", String.valueOf(++version));
        if (!type.equals("DELETED")) {
            objects.put(plural + "/" + name, now);
        }
        ObjectNode line = mapper.createObjectNode().put("type", type).put("plural", plural);
        line.set("object", now);
        history.add(new Event(plural, version, line));
        watchers.forEach(watcher -> watcher.add(line));
        return now;
    }

    private void watch(HttpExchange exchange, String path, String query) throws IOException {
        String plural = path.substring(path.lastIndexOf('/') + 1);
        long from = Long.parseLong(query.replaceAll(".*resourceVersion=(\\d+).*", "$1"));
        BlockingQueue<ObjectNode> queue = new LinkedBlockingQueue<>();
        synchronized (this) {
            requests.add("WATCH " + path);
            if (from < forgotten) {
                queue.add(parse("{\"type\":\"ERROR\",\"object\":{\"code\":410,\"message\":\"too old\"}}"));
                queue.add(mapper.createObjectNode());
            }
            history.stream().filter(event -> event.version() > from).forEach(event -> queue.add(event.line()));
            watchers.add(queue);
        }
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream out = exchange.getResponseBody()) {
            out.flush(); // the head, which otherwise waits for the first line
            while (!closed) {
                ObjectNode line = queue.poll(100, TimeUnit.MILLISECONDS);
                if (line != null && line.isEmpty()) {
                    return;
                }
                if (line != null
                        && (!line.has("plural") || line.path("plural").asText().equals(plural))) {
                    out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
                    out.flush();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Answer status(int code, String reason, String message, String name) {
        ObjectNode status = mapper.createObjectNode();
        status.put("kind", "Status").put("code", code).put("reason", reason).put("message", message);
        status.putObject("details").put("name", name);
        return new Answer(code, status.toString());
    }

    private ObjectNode object(String path) {
        ObjectNode object = objects.get(path);
        if (object == null) {
            throw new AssertionError("no " + path + " among " + objects.keySet());
        }
        return object;
    }

    private ObjectNode parse(String json) {
        return (ObjectNode) parseAny(json);
    }

    private JsonNode parseAny(String json) {
        try {
            return mapper.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
