package io.drover.core.model;

import io.drover.core.error.StorageException;
import java.util.ArrayList;
import java.util.List;

/**
 * The address of a backup, as {@code fromBackup} writes it: {@code <target>?backup=<backup>&volume=<volume>}, in either order, beside
 * options of the target.
 *
 * @param target the target's own URL, its options included
 */
public record BackupUrl(String target, BackupId backup) {
    private static final String BACKUP = "backup=";
    private static final String VOLUME = "volume=";

    /**
     * Reads an address.
     *
     * @throws StorageException INVALID if it has no such parts; the text is not repeated, as it may hold a password
     */
    public static BackupUrl parse(String url) {
        int question = url.indexOf('?');
        List<String> options = new ArrayList<>();
        List<String> backups = new ArrayList<>();
        List<String> volumes = new ArrayList<>();
        if (question >= 0) {
            for (String part : url.substring(question + 1).split("&", -1)) {
                if (part.startsWith(BACKUP)) {
                    backups.add(part.substring(BACKUP.length()));
                } else if (part.startsWith(VOLUME)) {
                    volumes.add(part.substring(VOLUME.length()));
                } else {
                    options.add(part);
                }
            }
        }
        if (!isUrl(url) || backups.size() != 1 || volumes.size() != 1) {
            throw StorageException.invalid(
                    "the address of a backup is not of the form <target>?backup=<backup>&volume=<volume>");
        }
        String target = url.substring(0, question) + (options.isEmpty() ? "" : "?" + String.join("&", options));
        return new BackupUrl(target, new BackupId(new VolumeId(volumes.getFirst()), backups.getFirst()));
    }

    /** Whether a text is a URL rather than a name. */
    public static boolean isUrl(String text) {
        return text.contains("://");
    }

    /** Whether two URLs name the same target; other spellings of one that mean the same are not all known. */
    public static boolean isSameTarget(String one, String other) {
        return plain(one).equals(plain(other));
    }

    private static String plain(String url) {
        int question = url.indexOf('?');
        String path = question < 0 ? url : url.substring(0, question);
        String options = question < 0 ? "" : url.substring(question);
        while (path.endsWith("/") && !path.endsWith("://")) {
            path = path.substring(0, path.length() - 1);
        }
        return (path.startsWith("vfs://") ? "file" + path.substring("vfs".length()) : path) + options;
    }
}
