package io.drover.core.resources;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Compares objects with a schema as the API server does with strict validation: types, fields that are unknown or missing, and words of
 * enumerations. It does not know limits, patterns and rules; those a real API server checks ({@code e2e/chart}). It remembers which
 * fields were seen.
 */
final class Conformity {
    private final JsonNode schema;
    private final Set<String> seen = new TreeSet<>();

    Conformity(JsonNode schema) {
        this.schema = schema;
    }

    /** What is wrong with an object; a line each. */
    List<String> problems(JsonNode object) {
        List<String> problems = new ArrayList<>();
        compare(schema, object, "", problems);
        return problems;
    }

    /** Fields of the schema that no object had so far. */
    List<String> unused() {
        Set<String> declared = new TreeSet<>();
        declared(schema, "", declared);
        declared.removeAll(seen);
        return List.copyOf(declared);
    }

    private void compare(JsonNode wanted, JsonNode found, String path, List<String> problems) {
        seen.add(path);
        String type = wanted.path("type").asText();
        boolean fits = switch (type) {
            case "object" -> found.isObject();
            case "array" -> found.isArray();
            case "string" -> found.isTextual();
            case "integer" -> found.isIntegralNumber() && found.canConvertToLong();
            case "boolean" -> found.isBoolean();
            default -> false;
        };
        if (!fits) {
            problems.add(path + " is no " + type + ": " + found);
            return;
        }
        if (wanted.has("enum") && valueNotIn(wanted.get("enum"), found)) {
            problems.add(path + " is " + found + ", not one of " + wanted.get("enum"));
        }
        if (found.isArray()) {
            found.forEach(item -> compare(wanted.get("items"), item, path + "[]", problems));
        }
        if (found.isObject() && wanted.has("properties")) {
            wanted.path("required").forEach(name -> {
                if (!found.has(name.asText())) {
                    problems.add(path + "." + name.asText() + " is missing");
                }
            });
            found.properties().forEach(field -> {
                JsonNode next = wanted.get("properties").get(field.getKey());
                if (next == null) {
                    problems.add(path + "." + field.getKey() + " is not known");
                } else {
                    compare(next, field.getValue(), path + "." + field.getKey(), problems);
                }
            });
        }
        if (found.isObject() && wanted.has("additionalProperties")) {
            found.forEach(value -> compare(wanted.get("additionalProperties"), value, path + "{}", problems));
        }
    }

    private static boolean valueNotIn(JsonNode words, JsonNode value) {
        for (JsonNode word : words) {
            if (word.equals(value)) {
                return false;
            }
        }
        return true;
    }

    private static void declared(JsonNode schema, String path, Set<String> into) {
        into.add(path);
        schema.path("properties")
                .properties()
                .forEach(field -> declared(field.getValue(), path + "." + field.getKey(), into));
        if (schema.has("items")) {
            declared(schema.get("items"), path + "[]", into);
        }
    }
}
