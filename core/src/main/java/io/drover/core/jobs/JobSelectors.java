package io.drover.core.jobs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.drover.core.error.NearestName;
import io.drover.core.error.StorageException;
import io.drover.core.error.Violations;
import io.drover.core.model.JobSelector;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The StorageClass parameter {@code recurringJobSelector}: {@code [{"name":"nightly","isGroup":true}]}. */
public final class JobSelectors {
    private static final String EXAMPLE = "[{\"name\":\"nightly\",\"isGroup\":true}]";
    private static final Set<String> FIELDS = Set.of("name", "isGroup");

    /** The name of a Kubernetes resource (RFC 1123 subdomain). */
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?");

    private JobSelectors() {}

    /**
     * Reads the list; empty text is an empty list.
     *
     * @throws StorageException INVALID with everything that is wrong, by position
     */
    public static List<JobSelector> parse(String json) {
        Violations violations = new Violations();
        List<JobSelector> selectors = read(json, violations);
        violations.throwIfAny("cannot read the selectors of recurring jobs");
        return selectors;
    }

    /** As {@link #parse}, noting what is wrong beside other violations. The result is of use only if there are none. */
    public static List<JobSelector> read(String json, Violations violations) {
        List<JobSelector> selectors = new ArrayList<>();
        for (JsonList.Entry entry : new JsonList("recurringJobSelector", violations).read(json, FIELDS, EXAMPLE)) {
            JobSelector selector = new JobSelector(name(entry, violations), isGroup(entry, violations));
            if (!selector.name().isEmpty() && selectors.contains(selector)) {
                violations.add(entry.position() + " is there twice; leave one out");
            }
            selectors.add(selector);
        }
        return selectors;
    }

    /** The list as compact JSON that {@link #parse} reads. */
    public static String write(List<JobSelector> selectors) {
        ArrayNode list = JsonList.MAPPER.createArrayNode();
        selectors.forEach(
                selector -> list.addObject().put("name", selector.name()).put("isGroup", selector.isGroup()));
        try {
            return JsonList.MAPPER.writeValueAsString(list);
        } catch (JsonProcessingException e) {
            throw StorageException.internal("cannot write the selectors of recurring jobs as JSON", e);
        }
    }

    private static String name(JsonList.Entry entry, Violations violations) {
        Optional<String> name = entry.text("name");
        if (name.isEmpty() || !NAME.matcher(name.get()).matches()) {
            violations.add(entry.position() + ": name "
                    + entry.field("name")
                            .map(value -> NearestName.shown(value.toString()) + " is not possible")
                            .orElse("is missing")
                    + "; give the name of a RecurringJob or of a group");
            return "";
        }
        return name.get();
    }

    private static boolean isGroup(JsonList.Entry entry, Violations violations) {
        Optional<JsonNode> value = entry.field("isGroup");
        if (value.isPresent() && !value.get().isBoolean()) {
            violations.add(entry.position() + ": isGroup "
                    + NearestName.shown(value.get().toString()) + " is not possible; write true or false");
        }
        return value.map(JsonNode::asBoolean).orElse(false);
    }
}
