package io.drover.core.resources;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drover.core.error.ErrorCode;
import io.drover.core.error.StorageException;
import io.drover.core.model.Resource;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Records as objects of the Kubernetes API: {@code spec} and {@code status} are those of the YAML documents, {@code metadata} is
 * Kubernetes' own. Safe for use by several threads.
 *
 * <p><b>Two writes, one moment.</b> Kubernetes writes {@code spec} and {@code status} by two requests. So that a record is never a
 * mixture, a request that writes {@code spec} carries the state that belongs to it in the annotation {@value #PENDING}, with the
 * generation that the object has afterwards. This request is the moment at which the record changes; the second one only shows it:
 *
 * <pre>
 *  create:  POST  {spec, annotation(generation 1, status)}   ◀── the record exists from here
 *           PATCH status {status, observedGeneration 1}          shown
 *  update:  PATCH {spec, annotation(generation n+1, status)} ◀── the record is the new one from here
 *           PATCH status {status, observedGeneration n+1}        shown
 *  update of the state alone:
 *           PATCH status {status, observedGeneration n}      ◀── the record is the new one from here
 * </pre>
 *
 * A reader takes the annotation for the status exactly if it is of the object's generation and {@code status.observedGeneration} is not.
 * What a process that ended in between did not show is shown by whoever keeps the store next. Later the annotation is out of date and
 * without meaning; an object whose {@code spec} somebody edits by hand has the status that it had.
 *
 * <p>{@code status} has some fields more, which are written for people and never read back: {@code conditions}, {@code summary}.
 * {@code status.createdAt} is the record's own time; the API server's {@code creationTimestamp} is rounded and cannot be given.
 */
public final class KubernetesFormat {
    static final String GROUP = "drover.io/";
    static final String KEY = GROUP + "name";
    static final String CREATED_AT = GROUP + "created-at";
    static final String PENDING = GROUP + "pending-status";
    /** Of a volume: when its latest backup was completed. For a column of {@code kubectl}; no part of the record. */
    static final String LAST_BACKUP = GROUP + "last-backup";

    private static final String ANNOTATIONS = "annotations";
    private static final String GENERATION = "generation";
    private static final String OBSERVED_GENERATION = "observedGeneration";
    private static final String CREATION_TIMESTAMP = "creationTimestamp";
    private static final String STATUS_CREATED_AT = "createdAt";
    private static final Set<String> FOR_PEOPLE =
            Set.of(OBSERVED_GENERATION, STATUS_CREATED_AT, ObjectView.CONDITIONS, ObjectView.SUMMARY);

    private final ResourceFormat format = new ResourceFormat();
    private final ObjectView view;

    /** Conditions change at the clock's time. */
    public KubernetesFormat(Clock clock) {
        this.view = new ObjectView(clock);
    }

    /** One that writes no status. */
    public static KubernetesFormat forReading() {
        return new KubernetesFormat(Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));
    }

    /** A new object, for POST. */
    public String create(Resource value) {
        Kind kind = Kind.of(value);
        ObjectNode tree = format.tree(value, 0);
        ObjectNode object = ApiJson.object();
        object.set("apiVersion", tree.get("apiVersion"));
        object.set("kind", tree.get("kind"));
        ObjectNode metadata = object.putObject("metadata");
        String name = ObjectNames.of(kind, value.key());
        metadata.put("name", name);
        ObjectNode annotations = metadata.putObject(ANNOTATIONS);
        if (!ObjectNames.key(kind, name).equals(value.key())) {
            annotations.put(KEY, value.key());
        }
        JsonNode createdAt = tree.path("metadata").path(CREATION_TIMESTAMP);
        if (hasStatus(tree)) {
            annotations.put(PENDING, pending(tree, 1));
        } else if (createdAt.isTextual()) {
            annotations.set(CREATED_AT, createdAt);
        }
        object.set("spec", tree.get("spec"));
        return ApiJson.text(object);
    }

    /** Whether the first of the two writes is needed for a change. */
    public boolean changesSpec(Resource from, Resource to) {
        return !format.tree(from, 0).get("spec").equals(format.tree(to, 0).get("spec"));
    }

    /** Whether a record has a state of its own, beside what it wants. */
    public boolean hasStatus(Resource value) {
        return hasStatus(format.tree(value, 0));
    }

    /** The first write of a change, a JSON patch (RFC 6902) of the object; refused if it is not of this version any more. */
    public String writeSpec(ObjectRead.Readable from, Resource next) {
        ObjectNode tree = format.tree(next, 0);
        ArrayNode patch = patchOf(from);
        patch.addObject().put("op", "add").put("path", "/spec").set("value", tree.get("spec"));
        if (hasStatus(tree)) {
            annotate(patch, from, PENDING, pending(tree, from.generation() + 1));
        }
        return ApiJson.text(patch);
    }

    /** The second write, a JSON patch of the object's {@code status}; refused if it is not of this version any more. */
    public String writeStatus(ObjectRead.Readable from, Resource next) {
        ObjectNode status = status(format.tree(next, 0));
        status.put(OBSERVED_GENERATION, from.generation());
        view.show(next, status, from.conditions());
        ArrayNode patch = patchOf(from);
        patch.addObject().put("op", "add").put("path", "/status").set("value", status);
        return ApiJson.text(patch);
    }

    /** Shows when the latest backup of a volume was completed; empty = it has none. A JSON patch of the object, bound to its version. */
    public String showLastBackup(ObjectRead.Readable from, String time) {
        ArrayNode patch = patchOf(from);
        if (time.isEmpty()) {
            patch.addObject().put("op", "remove").put("path", annotation(LAST_BACKUP));
        } else {
            annotate(patch, from, LAST_BACKUP, time);
        }
        return ApiJson.text(patch);
    }

    /** The body of a DELETE that is refused if the object is another one of the same name. */
    public String deletion(String uid) {
        ObjectNode options = ApiJson.object();
        options.put("apiVersion", "v1").put("kind", "DeleteOptions").put("propagationPolicy", "Background");
        options.putObject("preconditions").put("uid", uid);
        return ApiJson.text(options);
    }

    /** An object, answered to a GET or a write. */
    public ObjectRead read(Kind kind, String json) {
        return read(kind, ApiJson.tree(json));
    }

    /** Whether an answer is an object of this kind; to a DELETE that is one that still exists. */
    public boolean isObject(Kind kind, String json) {
        return ApiJson.tree(json).path("kind").asText().equals(kind.text());
    }

    /** The finalizers of an object: who has to do something before it goes. */
    public List<String> finalizers(String json) {
        List<String> finalizers = new ArrayList<>();
        ApiJson.tree(json).path("metadata").path("finalizers").forEach(each -> finalizers.add(each.asText()));
        return finalizers;
    }

    /** A part of a list. */
    public ObjectPage readPage(Kind kind, String json) {
        JsonNode list = ApiJson.tree(json);
        JsonNode items = list.get("items");
        if (items == null || !items.isArray()) {
            throw StorageException.unavailable("the API server's answer is no list of " + kind.plural());
        }
        List<ObjectRead> objects = new ArrayList<>();
        items.forEach(item -> objects.add(read(kind, item)));
        return new ObjectPage(
                objects,
                ApiJson.version(list),
                list.path("metadata").path("continue").asText());
    }

    /** A line of a watch. */
    public ObjectEvent readEvent(Kind kind, String line) {
        JsonNode event = ApiJson.tree(line);
        JsonNode object = event.path("object");
        return switch (event.path("type").asText()) {
            case "ADDED", "MODIFIED" -> new ObjectEvent.Written(read(kind, object));
            case "DELETED" -> {
                ObjectRead last = read(kind, object);
                yield new ObjectEvent.Removed(last.name(), last.uid(), last.version());
            }
            case "BOOKMARK" -> new ObjectEvent.Bookmark(ApiJson.version(object));
            case "ERROR" ->
                new ObjectEvent.Failed(
                        object.path("code").asInt(), object.path("message").asText());
            default -> new ObjectEvent.Failed(0, "an event of type " + event.path("type"));
        };
    }

    /** The answer to a request that failed; empty texts if it is not of Kubernetes' form. */
    public ApiStatus readStatus(String json) {
        try {
            JsonNode status = ApiJson.tree(json);
            if (status.path("kind").asText().equals("Status")) {
                return new ApiStatus(
                        status.path("reason").asText(),
                        status.path("message").asText(),
                        status.path("details").path("name").asText());
            }
        } catch (StorageException e) {
            // Of somebody in between, such as a proxy.
        }
        return new ApiStatus("", "", "");
    }

    private ObjectRead read(Kind kind, JsonNode object) {
        JsonNode metadata = object.path("metadata");
        String name = metadata.path("name").asText();
        String uid = metadata.path("uid").asText();
        long version = ApiJson.version(object);
        try {
            return readable(kind, object, name, uid, version);
        } catch (StorageException e) {
            String problem = "cannot read " + kind.plural() + ".drover.io " + name + ": " + e.getMessage()
                    + "; repair it, use the version that wrote it, or delete it if it is not needed";
            return new ObjectRead.Unreadable(name, uid, version, new StorageException(ErrorCode.CORRUPT, problem, e));
        }
    }

    private ObjectRead.Readable readable(Kind kind, JsonNode object, String name, String uid, long version) {
        JsonNode metadata = object.path("metadata");
        JsonNode annotations = metadata.path(ANNOTATIONS);
        long generation = metadata.path(GENERATION).asLong();
        JsonNode shown = object.path("status");
        JsonNode status = shown;
        boolean published = true;
        if (annotations.has(PENDING) && shown.path(OBSERVED_GENERATION).asLong() != generation) {
            JsonNode pending = ApiJson.tree(annotations.path(PENDING).asText());
            if (pending.path(GENERATION).asLong() == generation) {
                status = pending.path("status");
                published = false;
            }
        }
        ObjectNode document = ApiJson.object();
        document.set("apiVersion", object.get("apiVersion"));
        document.set("kind", object.get("kind"));
        ObjectNode own = document.putObject("metadata");
        own.put("name", annotations.has(KEY) ? annotations.path(KEY).asText() : ObjectNames.key(kind, name));
        own.put("resourceVersion", version);
        if (kind != Kind.SETTINGS) {
            own.set(CREATION_TIMESTAMP, createdAt(status, annotations, metadata));
        }
        document.set("spec", object.has("spec") ? object.get("spec") : ApiJson.object());
        if (status instanceof ObjectNode found) {
            ObjectNode state = found.deepCopy();
            state.remove(FOR_PEOPLE);
            if (!state.isEmpty()) {
                document.set("status", state);
            }
        }
        Resource value = ResourceFormat.read(kind, document).value();
        if (!ObjectNames.of(kind, value.key()).equals(name)) {
            throw StorageException.corrupt(
                    "it is the record of " + value.key() + ", whose object is " + ObjectNames.of(kind, value.key()));
        }
        return new ObjectRead.Readable(
                name,
                uid,
                version,
                generation,
                !annotations.isEmpty(),
                published,
                ObjectView.conditions(shown),
                annotations.path(LAST_BACKUP).asText(),
                value);
    }

    private static JsonNode createdAt(JsonNode status, JsonNode annotations, JsonNode metadata) {
        if (status.has(STATUS_CREATED_AT)) {
            return status.get(STATUS_CREATED_AT);
        }
        return annotations.has(CREATED_AT) ? annotations.get(CREATED_AT) : metadata.path(CREATION_TIMESTAMP);
    }

    private String pending(ObjectNode tree, long generation) {
        ObjectNode pending = ApiJson.object();
        pending.put(GENERATION, generation);
        pending.set("status", status(tree));
        return ApiJson.text(pending);
    }

    /** The status of a document, with the time that Kubernetes' metadata cannot carry. */
    private static ObjectNode status(ObjectNode tree) {
        ObjectNode status =
                hasStatus(tree) ? ((ObjectNode) tree.get("status")).deepCopy() : JsonNodeFactory.instance.objectNode();
        JsonNode createdAt = tree.path("metadata").path(CREATION_TIMESTAMP);
        if (createdAt.isTextual()) {
            status.set(STATUS_CREATED_AT, createdAt);
        }
        return status;
    }

    private static boolean hasStatus(ObjectNode tree) {
        return tree.has("status");
    }

    /** An object without any annotation has no place for the first one. */
    private static void annotate(ArrayNode patch, ObjectRead.Readable from, String key, String value) {
        ObjectNode operation = patch.addObject().put("op", "add");
        if (from.annotated()) {
            operation.put("path", annotation(key)).put("value", value);
        } else {
            operation.put("path", "/metadata/annotations").putObject("value").put(key, value);
        }
    }

    /** As a JSON pointer (RFC 6901). */
    private static String annotation(String key) {
        return "/metadata/annotations/" + key.replace("/", "~1");
    }

    private static ArrayNode patchOf(ObjectRead.Readable from) {
        return ApiJson.patchOf(from.uid(), from.version());
    }
}
