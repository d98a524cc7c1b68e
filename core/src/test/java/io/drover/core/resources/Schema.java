package io.drover.core.resources;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * A structural schema of Kubernetes (apiextensions.k8s.io/v1, JSONSchemaProps), as far as our definitions need one. Built up by its own
 * methods, which return it.
 */
final class Schema {
    private final ObjectNode node = JsonNodeFactory.instance.objectNode();

    private Schema(String type, String description) {
        if (!description.isEmpty()) {
            node.put("description", description);
        }
        node.put("type", type);
    }

    /** A field of an object. */
    record Field(String name, Schema schema, boolean required) {}

    static Field required(String name, Schema schema) {
        return new Field(name, schema, true);
    }

    static Field optional(String name, Schema schema) {
        return new Field(name, schema, false);
    }

    static Schema object(String description, Field... fields) {
        Schema schema = new Schema("object", description);
        ObjectNode properties = schema.node.putObject("properties");
        Arrays.stream(fields).forEach(field -> properties.set(field.name(), field.schema().node));
        List<String> required =
                Arrays.stream(fields).filter(Field::required).map(Field::name).toList();
        if (!required.isEmpty()) {
            required.forEach(schema.node.putArray("required")::add);
        }
        return schema;
    }

    /** An object of which nothing is said. */
    static Schema anyObject() {
        return new Schema("object", "");
    }

    static Schema text(String description) {
        return new Schema("string", description);
    }

    static Schema time(String description) {
        return text(description).with("format", "date-time");
    }

    static Schema whole(String description) {
        return new Schema("integer", description).with("format", "int64");
    }

    static Schema bytes(String description) {
        return whole(description).between(0, Long.MAX_VALUE);
    }

    static Schema flag(String description) {
        return new Schema("boolean", description);
    }

    static Schema list(String description, Schema items) {
        Schema schema = new Schema("array", description);
        schema.node.set("items", items.node);
        return schema;
    }

    /** Free texts by free names. */
    static Schema texts(String description) {
        Schema schema = new Schema("object", description);
        schema.node.putObject("additionalProperties").put("type", "string");
        return schema;
    }

    /** One of an enumeration's constants, as documents write them. */
    static Schema word(String description, Class<? extends Enum<?>> type) {
        return word(description, type, Words::text);
    }

    static <E extends Enum<?>> Schema word(String description, Class<E> type, Function<E, String> text) {
        return choice(
                description, Arrays.stream(type.getEnumConstants()).map(text).toList());
    }

    static Schema choice(String description, List<String> words) {
        Schema schema = text(description);
        words.forEach(schema.node.putArray("enum")::add);
        return schema;
    }

    /** Both ends are possible; an end at the limit of the type is no limit. */
    Schema between(long min, long max) {
        if (min != Long.MIN_VALUE) {
            node.put("minimum", min);
        }
        if (max != Long.MAX_VALUE) {
            node.put("maximum", max);
        }
        return this;
    }

    Schema atMost(int characters) {
        node.put("maxLength", characters);
        return this;
    }

    Schema atLeastOne() {
        node.put("minLength", 1);
        return this;
    }

    Schema matching(String pattern) {
        return with("pattern", pattern);
    }

    Schema ofAtMost(int items) {
        node.put(node.has("items") ? "maxItems" : "maxProperties", items);
        return this;
    }

    /** The list is a map: no two of its objects have the same texts in these fields. */
    Schema keyedBy(String... fields) {
        node.put("x-kubernetes-list-type", "map");
        Arrays.stream(fields).forEach(node.putArray("x-kubernetes-list-map-keys")::add);
        return this;
    }

    Schema asSet() {
        return with("x-kubernetes-list-type", "set");
    }

    Schema by(String value) {
        return with("default", value);
    }

    Schema by(long value) {
        node.put("default", value);
        return this;
    }

    Schema by(boolean value) {
        node.put("default", value);
        return this;
    }

    /** Without this object it is an empty one, so that its fields get their defaults. */
    Schema byNothing() {
        node.putObject("default");
        return this;
    }

    /** A condition in the Common Expression Language, and what a user reads who does not fulfil it. */
    Schema rule(String expression, String message) {
        ArrayNode rules = node.withArray("x-kubernetes-validations");
        rules.addObject().put("rule", expression).put("message", message);
        return this;
    }

    JsonNode tree() {
        return node;
    }

    private Schema with(String name, String value) {
        node.put(name, value);
        return this;
    }
}
