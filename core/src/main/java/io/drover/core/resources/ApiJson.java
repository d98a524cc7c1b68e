package io.drover.core.resources;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drover.core.error.ErrorCode;
import io.drover.core.error.StorageException;

/** Reads and writes the JSON of the Kubernetes API. Safe for use by several threads. */
final class ApiJson {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private ApiJson() {}

    /**
     * An answer of the server.
     *
     * @throws StorageException UNAVAILABLE if it is no JSON
     */
    static JsonNode tree(String json) {
        try {
            return MAPPER.readTree(json);
        } catch (JsonProcessingException e) {
            // Without the cause, and without its words: they may quote what must not be shown.
            throw new StorageException(ErrorCode.UNAVAILABLE, "the API server's answer is no JSON");
        }
    }

    static String text(JsonNode node) {
        try {
            return MAPPER.writeValueAsString(node);
        } catch (JsonProcessingException e) {
            throw StorageException.internal("cannot write JSON", e);
        }
    }

    static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    static ArrayNode array() {
        return MAPPER.createArrayNode();
    }

    /** The part of an object or of a list that every one has. */
    static JsonNode metadata(JsonNode object) {
        return object.path("metadata");
    }

    /** The version of an object or of a list, as a number. */
    static long version(JsonNode object) {
        String text = metadata(object).path("resourceVersion").asText();
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new StorageException(
                    ErrorCode.UNAVAILABLE, "the API server answered with the resource version \"" + text + "\"", e);
        }
    }

    /** The beginning of a JSON patch (RFC 6902) that is refused unless the object is of this version, and the same one. */
    static ArrayNode patchOf(String uid, long version) {
        ArrayNode patch = array();
        patch.addObject()
                .put("op", "replace")
                .put("path", "/metadata/resourceVersion")
                .put("value", String.valueOf(version));
        patch.addObject().put("op", "test").put("path", "/metadata/uid").put("value", uid);
        return patch;
    }
}
