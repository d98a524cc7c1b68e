package io.drover.snapshotter.format;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.drover.core.error.ErrorCode;
import io.drover.core.error.NearestName;
import io.drover.core.error.StorageException;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Reads one JSON object of a store, more leniently than Longhorn does: keys in any case and order, numbers with or without quotes, texts
 * once or twice encoded, anything missing. What follows the object is ignored.
 */
final class ConfigurationReader {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.USE_BIG_INTEGER_FOR_INTS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();
    private static final String BLOCKS = "Blocks";

    private final String what;
    private final Map<String, JsonNode> fields = new LinkedHashMap<>();
    private BlockMap blocks = BlockMap.EMPTY;

    private ConfigurationReader(String what) {
        this.what = what;
    }

    /**
     * Reads it.
     *
     * @param what the object, for messages: {@code volume configuration of pvc-1}
     * @throws StorageException CORRUPT if it is no JSON object
     */
    static ConfigurationReader of(String what, byte[] json) {
        ConfigurationReader reader = new ConfigurationReader(what);
        try (JsonParser parser = MAPPER.createParser(json)) {
            reader.read(parser);
        } catch (IOException e) {
            throw new StorageException(ErrorCode.CORRUPT, what + " is damaged: it is no whole JSON object", e);
        }
        return reader;
    }

    private void read(JsonParser parser) throws IOException {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw damaged("it is no JSON object");
        }
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String key = parser.currentName();
            JsonToken value = parser.nextToken();
            if (key.equalsIgnoreCase(BLOCKS) && value == JsonToken.START_ARRAY) {
                readBlocks(parser);
            } else {
                fields.put(key, MAPPER.readTree(parser));
            }
        }
        if (parser.currentToken() != JsonToken.END_OBJECT) {
            throw damaged("it ends early");
        }
    }

    private void readBlocks(JsonParser parser) throws IOException {
        BlockMap.Builder map = BlockMap.builder();
        while (parser.nextToken() == JsonToken.START_OBJECT) {
            boolean placed = false;
            long offset = 0;
            String checksum = "";
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String key = parser.currentName();
                JsonToken value = parser.nextToken();
                placed |= key.equalsIgnoreCase("Offset");
                if (key.equalsIgnoreCase("Offset") && value == JsonToken.VALUE_NUMBER_INT) {
                    offset = parser.getLongValue();
                } else if (key.equalsIgnoreCase("Offset") && value == JsonToken.VALUE_STRING) {
                    offset = number("Offset", parser.getText());
                } else if (key.equalsIgnoreCase("BlockChecksum") && value == JsonToken.VALUE_STRING) {
                    checksum = parser.getText();
                } else {
                    parser.skipChildren();
                }
            }
            if (!placed) {
                throw damaged("a block has no place"); // Longhorn would take it for the first one
            }
            String found = checksum;
            map.add(
                    offset,
                    Checksum.find(found)
                            .orElseThrow(
                                    () -> damaged("\"" + NearestName.shown(found) + "\" is no checksum of a block")));
        }
        if (parser.currentToken() != JsonToken.END_ARRAY) {
            throw damaged("its list of blocks is damaged");
        }
        try {
            blocks = map.build();
        } catch (StorageException e) {
            throw new StorageException(e.code(), what + " is damaged: " + e.getMessage(), e);
        }
    }

    StorageException damaged(String problem) {
        return StorageException.corrupt(what + " is damaged: " + problem);
    }

    BlockMap blocks() {
        return blocks;
    }

    /** A text; missing or null is empty. */
    String text(String key) {
        JsonNode value = take(key);
        if (value.isNull()) {
            return "";
        }
        if (!value.isTextual()) {
            throw damaged(key + " is not a text");
        }
        return value.textValue();
    }

    /** A text that is encoded twice, or only once. */
    String textInText(String key) {
        String text = text(key);
        if (text.equals("null")) {
            return "";
        }
        if (!text.startsWith("\"")) {
            return text;
        }
        try {
            JsonNode inner = MAPPER.readTree(text);
            if (inner.isTextual()) {
                return inner.textValue();
            }
        } catch (IOException e) {
            throw new StorageException(ErrorCode.CORRUPT, what + " is damaged: " + key + " is not a text", e);
        }
        throw damaged(key + " is not a text");
    }

    /** A number of 0 or more, in quotes or without; missing or null is 0. */
    long number(String key) {
        JsonNode value = take(key);
        if (value.isNull()) {
            return 0;
        }
        if (!value.isTextual() && !value.isIntegralNumber()) {
            throw damaged(key + " is not a number");
        }
        return number(key, value.asText());
    }

    private long number(String key, String text) {
        try {
            long number = Long.parseLong(text);
            if (number < 0) {
                throw damaged(key + " is negative");
            }
            return number;
        } catch (NumberFormatException e) {
            throw new StorageException(
                    ErrorCode.CORRUPT,
                    what + " is damaged: " + key + " is \"" + NearestName.shown(text) + "\" and no number",
                    e);
        }
    }

    boolean truth(String key) {
        JsonNode value = take(key);
        if (!value.isNull() && !value.isBoolean()) {
            throw damaged(key + " is neither true nor false");
        }
        return value.booleanValue();
    }

    /** Any time of RFC 3339; missing, null or empty is not set. */
    Optional<Instant> time(String key) {
        String text = text(key);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException e) {
            throw new StorageException(
                    ErrorCode.CORRUPT,
                    what + " is damaged: " + key + " is \"" + NearestName.shown(text) + "\" and no time",
                    e);
        }
    }

    /** An object of texts; missing or null is empty. */
    Map<String, String> texts(String key) {
        JsonNode value = take(key);
        if (!value.isNull() && !value.isObject()) {
            throw damaged(key + " is not an object");
        }
        Map<String, String> texts = new TreeMap<>();
        for (Map.Entry<String, JsonNode> entry : value.properties()) {
            if (!entry.getValue().isTextual()) {
                throw damaged(key + " holds something else than texts");
            }
            texts.put(entry.getKey(), entry.getValue().textValue());
        }
        return texts;
    }

    /** The text of a key inside of an object; empty if either is missing. */
    String textWithin(String key, String innerKey) {
        JsonNode value = take(key);
        return value.path(innerKey).asText("");
    }

    /** What was not asked for. */
    Map<String, JsonNode> rest() {
        return fields;
    }

    private JsonNode take(String key) {
        JsonNode found = fields.remove(key);
        if (found == null) {
            Optional<String> other =
                    fields.keySet().stream().filter(key::equalsIgnoreCase).findFirst();
            found = other.map(fields::remove).orElse(null);
        }
        return found == null ? JsonNodeFactory.instance.nullNode() : found;
    }
}
