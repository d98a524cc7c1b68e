package io.drover.core.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The rules for a label of a job: a qualified name of Kubernetes ("Labels and Selectors" in its documentation), none of ours. */
final class Labels {
    private static final Set<String> RESERVED = Set.of("RecurringJob", "KubernetesStatus");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?");
    private static final Pattern PREFIX =
            Pattern.compile("[a-z0-9]([a-z0-9-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*");
    private static final int MAX_PREFIX = 253;

    /** Longer than a Kubernetes label's: a label is kept with the snapshot and its backup, where Longhorn allows free text. */
    private static final int MAX_VALUE = 256;

    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

    private Labels() {}

    /** What is wrong with a label of a JSON text and what would be right, or empty. */
    static Optional<String> problem(String key, JsonNode value) {
        return problem(key, value.isTextual() ? Optional.of(value.textValue()) : Optional.empty());
    }

    /** What is wrong with a label and what would be right, or empty. */
    static Optional<String> problem(String key, String value) {
        return problem(key, Optional.of(value));
    }

    private static Optional<String> problem(String key, Optional<String> value) {
        if (RESERVED.contains(key)) {
            return Optional.of("is reserved; choose another key");
        }
        int slash = key.indexOf('/');
        String prefix = slash < 0 ? "x" : key.substring(0, slash);
        if (!NAME.matcher(key.substring(slash + 1)).matches()
                || prefix.length() > MAX_PREFIX
                || !PREFIX.matcher(prefix).matches()) {
            return Optional.of(
                    "is no label key; write [<domain>/]<name>, the name of at most 63 letters, digits, '-', '_' "
                            + "and '.', beginning and ending with a letter or digit");
        }
        if (value.isEmpty()
                || value.get().length() > MAX_VALUE
                || CONTROL.matcher(value.get()).find()) {
            return Optional.of(
                    "has a value that is not possible; give a text of at most " + MAX_VALUE + " printable characters");
        }
        return Optional.empty();
    }
}
