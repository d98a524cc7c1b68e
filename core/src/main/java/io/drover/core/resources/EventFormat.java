package io.drover.core.resources;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** Events of the Kubernetes API, and the objects that they are about. */
public final class EventFormat {
    /** The API server refuses longer ones (k8s.io/kubernetes, {@code validation.ValidateEventCreate}). */
    private static final int LONGEST_MESSAGE = 1024;

    private EventFormat() {}

    /** What an event is about. */
    public record Subject(String apiVersion, String kind, String namespace, String name, String uid) {}

    /** The subject that an object is. */
    public static Subject subject(String json) {
        JsonNode object = ApiJson.tree(json);
        JsonNode metadata = ApiJson.metadata(object);
        return new Subject(
                object.path("apiVersion").asText(),
                object.path("kind").asText(),
                metadata.path("namespace").asText(),
                metadata.path("name").asText(),
                metadata.path("uid").asText());
    }

    /** The claim that a PersistentVolume is bound to, if it is the volume of this handle. */
    public static Optional<Subject> claim(String json, String handle) {
        JsonNode spec = ApiJson.tree(json).path("spec");
        JsonNode claim = spec.path("claimRef");
        if (!spec.path("csi").path("volumeHandle").asText().equals(handle) || !claim.has("uid")) {
            return Optional.empty();
        }
        return Optional.of(new Subject(
                "v1",
                "PersistentVolumeClaim",
                claim.path("namespace").asText(),
                claim.path("name").asText(),
                claim.path("uid").asText()));
    }

    /**
     * A new warning, for POST into the subject's namespace.
     *
     * @param name unique in that namespace
     */
    public static String warning(String name, Subject about, String reason, String message, Instant now) {
        String time = now.truncatedTo(ChronoUnit.SECONDS).toString();
        ObjectNode event = ApiJson.object();
        event.put("apiVersion", "v1").put("kind", "Event");
        event.putObject("metadata").put("name", name).put("namespace", about.namespace());
        event.putObject("involvedObject")
                .put("apiVersion", about.apiVersion())
                .put("kind", about.kind())
                .put("namespace", about.namespace())
                .put("name", about.name())
                .put("uid", about.uid());
        event.put("type", "Warning")
                .put("reason", reason)
                .put(
                        "message",
                        message.length() <= LONGEST_MESSAGE ? message : message.substring(0, LONGEST_MESSAGE - 1) + "…")
                .put("firstTimestamp", time)
                .put("lastTimestamp", time)
                .put("count", 1);
        event.putObject("source").put("component", "drover-controller");
        return ApiJson.text(event);
    }
}
