package io.drover.snapshotter.format;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Writes one JSON object, byte for byte as Go's encoding/json would. */
final class GoJson {
    private static final char[] HEX = "0123456789abcdef".toCharArray();

    private final ByteArrayOutputStream bytes;
    private boolean first = true;

    GoJson(int expectedBytes) {
        bytes = new ByteArrayOutputStream(expectedBytes);
        bytes.write('{');
    }

    /** The whole object. */
    byte[] end() {
        bytes.write('}');
        return bytes.toByteArray();
    }

    GoJson text(String key, String value) {
        return key(key).quoted(value);
    }

    /** A text whose value is a JSON text by itself: {@code "\"lz4\""}. */
    GoJson textInText(String key, String value) {
        GoJson inner = new GoJson(value.length() + 16);
        inner.bytes.reset();
        inner.quoted(value);
        return key(key).quoted(inner.bytes.toString(StandardCharsets.UTF_8));
    }

    /** A number inside of a text. */
    GoJson numberInText(String key, long value) {
        return key(key).quoted(Long.toString(value));
    }

    GoJson truth(String key, boolean value) {
        return key(key).raw(Boolean.toString(value));
    }

    GoJson number(String key, long value) {
        return key(key).raw(Long.toString(value));
    }

    /** Anything that is JSON already and has no letters to escape. */
    GoJson literal(String key, String json) {
        return key(key).raw(json);
    }

    /** A time to the second; not set is an empty text. */
    GoJson time(String key, Optional<Instant> value) {
        return text(
                key,
                value.map(time -> time.truncatedTo(ChronoUnit.SECONDS).toString())
                        .orElse(""));
    }

    /** An object of texts by ascending key; an empty one is null, as an unset map is in Go. */
    GoJson texts(String key, Map<String, String> values) {
        key(key);
        if (values.isEmpty()) {
            return raw("null");
        }
        bytes.write('{');
        boolean begin = true;
        for (Map.Entry<String, String> entry : new TreeMap<>(values).entrySet()) {
            if (!begin) {
                bytes.write(',');
            }
            begin = false;
            quoted(entry.getKey());
            bytes.write(':');
            quoted(entry.getValue());
        }
        bytes.write('}');
        return this;
    }

    /** The blocks of a backup; no key at all if there are none. */
    GoJson blocks(String key, BlockMap blocks) {
        if (blocks.size() == 0) {
            return this;
        }
        key(key);
        for (int i = 0; i < blocks.size(); i++) {
            raw(i == 0 ? "[{\"Offset\":" : ",{\"Offset\":");
            raw(Long.toString(blocks.offset(i)));
            raw(",\"BlockChecksum\":\"");
            raw(blocks.checksum(i).toString());
            raw("\"}");
        }
        return raw("]");
    }

    /** Any value that was read before. */
    GoJson node(String key, JsonNode value) {
        return key(key).node(value);
    }

    private GoJson node(JsonNode value) {
        if (value.isTextual()) {
            return quoted(value.textValue());
        }
        if (value.isArray()) {
            raw("[");
            for (int i = 0; i < value.size(); i++) {
                raw(i == 0 ? "" : ",").node(value.get(i));
            }
            return raw("]");
        }
        if (value.isObject()) {
            raw("{");
            Iterator<Map.Entry<String, JsonNode>> fields = value.properties().iterator();
            while (fields.hasNext()) {
                Map.Entry<String, JsonNode> field = fields.next();
                quoted(field.getKey()).raw(":").node(field.getValue()).raw(fields.hasNext() ? "," : "");
            }
            return raw("}");
        }
        return raw(value.asText("null"));
    }

    private GoJson key(String key) {
        if (!first) {
            bytes.write(',');
        }
        first = false;
        return quoted(key).raw(":");
    }

    private GoJson raw(String ascii) {
        for (int i = 0; i < ascii.length(); i++) {
            bytes.write(ascii.charAt(i));
        }
        return this;
    }

    private GoJson quoted(String text) {
        StringBuilder escaped = new StringBuilder(text.length() + 16).append('"');
        for (int i = 0; i < text.length(); i++) {
            char letter = text.charAt(i);
            switch (letter) {
                case '"' -> escaped.append("\\\"");
                case '\\' -> escaped.append("\\\\");
                case '\b' -> escaped.append("\\b");
                case '\f' -> escaped.append("\\f");
                case '\n' -> escaped.append("\\n");
                case '\r' -> escaped.append("\\r");
                case '\t' -> escaped.append("\\t");
                case '<', '>', '&', '\u2028', '\u2029' -> unicode(letter, escaped);
                default -> {
                    if (letter < ' ') {
                        unicode(letter, escaped);
                    } else if (Character.isSurrogate(letter) && !isPair(text, i)) {
                        escaped.append("\\ufffd");
                    } else if (Character.isHighSurrogate(letter)) {
                        escaped.append(letter).append(text.charAt(++i));
                    } else {
                        escaped.append(letter);
                    }
                }
            }
        }
        bytes.writeBytes(escaped.append('"').toString().getBytes(StandardCharsets.UTF_8));
        return this;
    }

    private static boolean isPair(String text, int index) {
        return index + 1 < text.length() && Character.isSurrogatePair(text.charAt(index), text.charAt(index + 1));
    }

    private static void unicode(char letter, StringBuilder escaped) {
        escaped.append("\\u");
        for (int shift = 12; shift >= 0; shift -= 4) {
            escaped.append(HEX[letter >> shift & 0xf]);
        }
    }
}
