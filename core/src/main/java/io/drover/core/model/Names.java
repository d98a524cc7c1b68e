package io.drover.core.model;

import io.drover.core.error.StorageException;
import java.util.regex.Pattern;

/**
 * The rule for every name that becomes a path or an argument: 1 to 128 characters (the CSI specification's limit for names),
 * letters, digits, {@code - _ .}, beginning with a letter or digit, without {@code ..}. Kubernetes' own names ({@code pvc-<uid>},
 * {@code snapshot-<uid>}) all satisfy it.
 */
final class Names {
    static final int MAX_LENGTH = 128;

    private static final Pattern SAFE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");
    private static final int SHOWN = 40;

    private Names() {}

    /** Returns the name, or throws INVALID naming what kind of thing it should have named. */
    static String require(String kind, String name) {
        if (name.isEmpty()) {
            throw StorageException.invalid(kind + " is missing; give one of 1 to " + MAX_LENGTH + " characters");
        }
        if (name.length() > MAX_LENGTH) {
            throw StorageException.invalid(kind + " \"" + shown(name) + "\" has " + name.length()
                    + " characters; at most " + MAX_LENGTH + " are possible");
        }
        if (!SAFE.matcher(name).matches() || name.contains("..")) {
            throw StorageException.invalid(
                    kind + " \"" + shown(name) + "\" is not usable; use letters, digits, '-', '_' and single '.', "
                            + "beginning with a letter or digit");
        }
        return name;
    }

    /** Text of a user for a message: not too long, on one line. */
    static String shown(String name) {
        String cut = name.length() > SHOWN ? name.substring(0, SHOWN) + "…" : name;
        return cut.replaceAll("\\p{Cntrl}", "?");
    }
}
