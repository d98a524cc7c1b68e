package io.drover.core.resources;

import io.drover.core.model.SettingsRecord;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a record is called as an object of Kubernetes, whose names are DNS-1123 subdomains of at most 253 characters: lower-case letters,
 * digits, inner {@code -} and {@code .} (k8s.io/apimachinery, {@code validation.IsDNS1123Subdomain}). No two keys of a kind share a name:
 *
 * <ul>
 *   <li>a key that is such a name is its own name: volume {@code pvc-1} is {@code pvc-1};
 *   <li>the parts of a key, if none of them has a dot, are joined by one: snapshot {@code pvc-1@before} is {@code pvc-1.before};
 *   <li>any other key becomes what can be read of it, {@code .x-} and 32 digits of its SHA-256. The key itself then lies in an annotation,
 *       and is compared with the name when the object is read. No key of the other two forms ends like that.
 *   <li>The settings are {@value #SETTINGS}.
 * </ul>
 */
public final class ObjectNames {
    /** The object of the driver's settings. */
    public static final String SETTINGS = "drover";

    static final int MAX_LENGTH = 253;

    private static final String PART_SEPARATOR = "@";
    private static final Set<Kind> WITH_PARTS = EnumSet.of(Kind.SNAPSHOT, Kind.BACKUP);
    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?");
    private static final Pattern SUBDOMAIN =
            Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");
    private static final Pattern DIGEST = Pattern.compile("(.*\\.)?x-[0-9a-f]{32}");
    private static final int SHOWN = 200;

    private ObjectNames() {}

    /** The name of the object of a record. */
    public static String of(Kind kind, String key) {
        if (kind == Kind.SETTINGS && key.equals(SettingsRecord.KEY)) {
            return SETTINGS;
        }
        return isPlain(kind, key) ? key.replace(PART_SEPARATOR, ".") : digested(key);
    }

    /** The key of the record of an object whose name tells it; that of an object with an annotation is there instead. */
    static String key(Kind kind, String name) {
        if (kind == Kind.SETTINGS && name.equals(SETTINGS)) {
            return SettingsRecord.KEY;
        }
        return WITH_PARTS.contains(kind) ? name.replace(".", PART_SEPARATOR) : name;
    }

    private static boolean isPlain(Kind kind, String key) {
        if (key.length() > MAX_LENGTH) {
            return false;
        }
        if (!WITH_PARTS.contains(kind)) {
            return SUBDOMAIN.matcher(key).matches() && !DIGEST.matcher(key).matches();
        }
        List<String> parts = List.of(key.split(PART_SEPARATOR, -1));
        return parts.stream().allMatch(part -> LABEL.matcher(part).matches())
                && !DIGEST.matcher(parts.getLast()).matches();
    }

    private static String digested(String key) {
        String text = key.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
        text = text.substring(0, Math.min(SHOWN, text.length())).replaceAll("^-+|-+$", "");
        return (text.isEmpty() ? "" : text + ".") + "x-" + KeyDigest.of(key, 16);
    }
}
