package io.drover.core.resources;

import com.fasterxml.jackson.databind.JsonNode;
import io.drover.core.error.StorageException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;

/** An object inside of a document, while it is read. Every problem is CORRUPT and names the field. */
final class Document {
    private final String path;
    private final JsonNode node;
    private final Set<String> known = new HashSet<>();

    Document(String path, JsonNode node) {
        if (!node.isObject()) {
            throw StorageException.corrupt((path.isEmpty() ? "it" : path) + " is no object");
        }
        this.path = path;
        this.node = node;
    }

    String text(String name) {
        return optionalText(name).orElseThrow(() -> missing(name));
    }

    Optional<String> optionalText(String name) {
        return field(name).map(value -> text(name, value));
    }

    long integer(String name) {
        JsonNode value = field(name).orElseThrow(() -> missing(name));
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            throw impossible(name, value);
        }
        return value.longValue();
    }

    OptionalLong optionalInteger(String name) {
        return field(name).isPresent() ? OptionalLong.of(integer(name)) : OptionalLong.empty();
    }

    Optional<Instant> optionalInstant(String name) {
        return field(name).map(_ -> instant(name));
    }

    int smallInteger(String name) {
        try {
            return Math.toIntExact(integer(name));
        } catch (ArithmeticException e) {
            throw StorageException.corrupt(place(name) + " is too large");
        }
    }

    boolean bool(String name) {
        JsonNode value = field(name).orElseThrow(() -> missing(name));
        if (!value.isBoolean()) {
            throw impossible(name, value);
        }
        return value.booleanValue();
    }

    Instant instant(String name) {
        String text = text(name);
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw StorageException.corrupt(place(name) + " is no time: " + text);
        }
    }

    <E extends Enum<E>> E word(String name, Class<E> type) {
        return word(name, text(name), type);
    }

    <E extends Enum<E>> List<E> words(String name, Class<E> type) {
        return texts(name).stream().map(text -> word(name, text, type)).toList();
    }

    /** A list of texts; none if it is not there. */
    List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        elements(name).forEach(value -> texts.add(text(name, value)));
        return texts;
    }

    /** A list of objects; none if it is not there. */
    List<Document> objects(String name) {
        List<Document> objects = new ArrayList<>();
        elements(name).forEach(value -> objects.add(new Document(place(name) + "[" + objects.size() + "]", value)));
        return objects;
    }

    Document object(String name) {
        return optionalObject(name).orElseThrow(() -> missing(name));
    }

    Optional<Document> optionalObject(String name) {
        return field(name).map(value -> new Document(place(name), value));
    }

    /** An object whose values are texts; empty if it is not there. */
    Map<String, String> textMap(String name) {
        Map<String, String> map = new TreeMap<>();
        optionalObject(name)
                .ifPresent(object -> object.node
                        .properties()
                        .forEach(each -> map.put(each.getKey(), object.text(each.getKey(), each.getValue()))));
        return map;
    }

    /** Ends the reading: nothing may be left that was not asked for. */
    void end() {
        for (Iterator<String> names = node.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!known.contains(name)) {
                throw StorageException.corrupt(place(name) + " is not known to this version");
            }
        }
    }

    private Optional<JsonNode> field(String name) {
        known.add(name);
        return Optional.ofNullable(node.get(name));
    }

    private List<JsonNode> elements(String name) {
        Optional<JsonNode> list = field(name);
        if (list.isPresent() && !list.get().isArray()) {
            throw impossible(name, list.get());
        }
        List<JsonNode> elements = new ArrayList<>();
        list.ifPresent(values -> values.forEach(elements::add));
        return elements;
    }

    private String text(String name, JsonNode value) {
        if (!value.isTextual()) {
            throw impossible(name, value);
        }
        return value.textValue();
    }

    private <E extends Enum<E>> E word(String name, String text, Class<E> type) {
        for (E value : type.getEnumConstants()) {
            if (Words.text(value).equals(text)) {
                return value;
            }
        }
        throw StorageException.corrupt(place(name) + " is \"" + text + "\", which this version does not know");
    }

    private String place(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    private StorageException missing(String name) {
        return StorageException.corrupt(place(name) + " is missing");
    }

    private StorageException impossible(String name, JsonNode value) {
        return StorageException.corrupt(place(name) + " cannot be " + value);
    }
}
