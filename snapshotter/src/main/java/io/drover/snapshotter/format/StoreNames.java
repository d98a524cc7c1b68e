package io.drover.snapshotter.format;

import io.drover.core.error.NearestName;
import io.drover.core.error.StorageException;
import java.util.regex.Pattern;

/** What may be a name in a store: volumes, backups, locks. Two characters at least, no leading punctuation, no slash. */
public final class StoreNames {
    private static final Pattern VALID = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9_.-]+");
    private static final int MAX_LENGTH = 200;

    private StoreNames() {}

    public static boolean isValid(String name) {
        return name.length() <= MAX_LENGTH && VALID.matcher(name).matches();
    }

    /**
     * Returns the name.
     *
     * @param kind what it names, such as {@code backup}
     * @throws StorageException INVALID if a store cannot have such a name
     */
    public static String require(String kind, String name) {
        if (!isValid(name)) {
            throw StorageException.invalid(kind + " name \"" + NearestName.shown(name)
                    + "\" is not usable in a backup store; use 2 to " + MAX_LENGTH
                    + " letters, digits, '-', '_' and '.', beginning with a letter or digit");
        }
        return name;
    }
}
