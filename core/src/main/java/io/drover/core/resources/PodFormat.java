package io.drover.core.resources;

import com.fasterxml.jackson.databind.JsonNode;
import io.drover.core.error.ErrorCode;
import io.drover.core.error.StorageException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads of pods what is needed to reach them. */
public final class PodFormat {
    private PodFormat() {}

    /**
     * A list.
     *
     * @param version from which to watch
     */
    public record Page(List<PodPlace> pods, long version, String next) {
        public Page {
            pods = List.copyOf(pods);
        }
    }

    /**
     * A part of a list.
     *
     * @throws StorageException UNAVAILABLE if it is none
     */
    public static Page readPage(String json) {
        JsonNode list = ApiJson.tree(json);
        if (!list.path("items").isArray()) {
            throw new StorageException(ErrorCode.UNAVAILABLE, "the API server's answer is no list of pods");
        }
        List<PodPlace> pods = new ArrayList<>();
        list.path("items").forEach(pod -> pods.add(pod(pod)));
        return new Page(
                pods,
                ApiJson.version(list),
                ApiJson.metadata(list).path("continue").asText());
    }

    /** A line of a watch. */
    public static PodEvent readEvent(String line) {
        JsonNode event = ApiJson.tree(line);
        JsonNode object = event.path("object");
        return switch (event.path("type").asText()) {
            case "ADDED", "MODIFIED" -> new PodEvent.Seen(pod(object));
            case "DELETED" -> new PodEvent.Gone(pod(object).name());
            case "BOOKMARK" -> new PodEvent.Nothing();
            default -> new PodEvent.Failed(object.path("message").asText());
        };
    }

    private static PodPlace pod(JsonNode pod) {
        JsonNode metadata = ApiJson.metadata(pod);
        boolean runs = pod.path("status").path("phase").asText().equals("Running")
                && metadata.path("deletionTimestamp").isMissingNode();
        String address = pod.path("status").path("podIP").asText();
        return new PodPlace(
                metadata.path("name").asText(),
                pod.path("spec").path("nodeName").asText(),
                runs && !address.isEmpty() ? Optional.of(address) : Optional.empty(),
                time(metadata.path("creationTimestamp").asText()));
    }

    private static Instant time(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            return Instant.EPOCH;
        }
    }
}
