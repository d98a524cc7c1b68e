package io.drover.core.jobs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.drover.core.error.NearestName;
import io.drover.core.error.Violations;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads a JSON list of objects that a user wrote inside of a parameter. What is wrong goes to the violations, with its position. */
final class JsonList {
    static final JsonMapper MAPPER = JsonMapper.builder(com.fasterxml.jackson.core.JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(8)
                            .maxNumberLength(20)
                            .build())
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    static final int MAX_ENTRIES = 100;
    private static final int MAX_LENGTH = 64 << 10;

    private final String parameter;
    private final Violations violations;

    JsonList(String parameter, Violations violations) {
        this.parameter = parameter;
        this.violations = violations;
    }

    /** One object of the list. */
    record Entry(String position, JsonNode object) {
        /** A field that is present and not null. */
        Optional<JsonNode> field(String name) {
            JsonNode value = object.get(name);
            return value == null || value.isNull() ? Optional.empty() : Optional.of(value);
        }

        /** A text field, or empty if it is missing or no text. */
        Optional<String> text(String name) {
            return field(name).filter(JsonNode::isTextual).map(JsonNode::textValue);
        }
    }

    /** The objects; empty if the text is no such list, which is then noted. Empty text is an empty list. */
    List<Entry> read(String json, Set<String> fields, String example) {
        if (json.isBlank()) {
            return List.of();
        }
        if (json.length() > MAX_LENGTH) {
            violations.add(
                    parameter + " has " + json.length() + " characters; at most " + MAX_LENGTH + " are possible");
            return List.of();
        }
        JsonNode root;
        try {
            root = MAPPER.readTree(json);
        } catch (JsonProcessingException e) {
            violations.add(parameter + " is not JSON: " + place(e) + "; write for example " + example);
            return List.of();
        }
        if (!root.isArray()) {
            violations.add(parameter + " is not a JSON list; write for example " + example);
            return List.of();
        }
        if (root.size() > MAX_ENTRIES) {
            violations.add(parameter + " has " + root.size() + " entries; at most " + MAX_ENTRIES
                    + " are possible for one volume");
            return List.of();
        }
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < root.size(); i++) {
            entry(i, root.get(i), fields, example).ifPresent(entries::add);
        }
        return entries;
    }

    private Optional<Entry> entry(int index, JsonNode node, Set<String> fields, String example) {
        String name = node.path("name").isTextual()
                ? " \"" + NearestName.shown(node.path("name").textValue()) + "\""
                : "";
        String position = parameter + "[" + index + "]" + name;
        if (!node.isObject()) {
            violations.add(position + " is not a JSON object; write for example " + example);
            return Optional.empty();
        }
        for (Iterator<String> names = node.fieldNames(); names.hasNext(); ) {
            String field = names.next();
            if (!fields.contains(field)) {
                violations.add(position + ": field \"" + NearestName.shown(field) + "\" is not known"
                        + NearestName.hint(field, fields));
            }
        }
        return Optional.of(new Entry(position, node));
    }

    private static String place(JsonProcessingException e) {
        String problem = NearestName.shown(String.valueOf(e.getOriginalMessage()));
        return e.getLocation() == null
                ? problem
                : problem + " at line " + e.getLocation().getLineNr() + ", column "
                        + e.getLocation().getColumnNr();
    }
}
