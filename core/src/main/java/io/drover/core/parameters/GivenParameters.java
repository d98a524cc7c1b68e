package io.drover.core.parameters;

import io.drover.core.error.NearestName;
import io.drover.core.error.StorageException;
import io.drover.core.error.Violations;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The text values of one request, while they are read. What is wrong with one is noted, and its default taken for the time being. */
final class GivenParameters {
    /** Kubernetes' own keys: for the sidecars, or about where the request comes from. */
    static final String RESERVED_PREFIX = "csi.storage.k8s.io/";

    private static final int MAX_VALUE = 64 << 10;

    private final Map<String, String> values;
    private final Violations violations;

    GivenParameters(Map<String, String> values, Violations violations) {
        this.values = new TreeMap<>(values);
        this.violations = violations;
    }

    boolean has(String key) {
        return values.containsKey(key);
    }

    /** The value, its default if it is not given or not possible. */
    <T> T get(Parameter<T> parameter) {
        return get(parameter, parameter.defaultValue());
    }

    <T> T get(Parameter<T> parameter, T otherwise) {
        String text = values.get(parameter.key());
        if (text == null) {
            return otherwise;
        }
        if (text.length() > MAX_VALUE) {
            violations.add(
                    parameter.key() + " has " + text.length() + " characters; at most " + MAX_VALUE + " are possible");
            return otherwise;
        }
        if (text.isBlank()) {
            return parameter.defaultValue(); // an empty value in a class is as good as none
        }
        try {
            return parameter.read(text);
        } catch (StorageException e) {
            violations.add(parameter.key() + " " + e.getMessage());
            return otherwise;
        }
    }

    /** Reads one key as another spelling of a second; notes if both are given and differ. */
    void alias(String alias, String key) {
        String text = values.remove(alias);
        if (text == null || text.isBlank()) {
            return;
        }
        String other = values.putIfAbsent(key, text);
        if (other != null && !other.strip().equals(text.strip())) {
            violations.add(key + " and " + alias + " differ; leave one of them out");
        }
    }

    /** Takes a key out, so that it is not unknown. */
    void remove(String key) {
        values.remove(key);
    }

    Map<String, String> values() {
        return Map.copyOf(values);
    }

    /** Notes every key that is none of these, with the nearest of them. */
    void rejectUnknown(List<Parameter<?>> known) {
        List<String> keys = known.stream().map(Parameter::key).toList();
        for (String key : values.keySet()) {
            if (!keys.contains(key) && !key.startsWith(RESERVED_PREFIX)) {
                violations.add(
                        "parameter \"" + NearestName.shown(key) + "\" is not known" + NearestName.hint(key, keys));
            }
        }
    }
}
