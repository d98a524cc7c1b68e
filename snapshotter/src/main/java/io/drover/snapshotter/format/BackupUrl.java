package io.drover.snapshotter.format;

import io.drover.core.error.ErrorCode;
import io.drover.core.error.NearestName;
import io.drover.core.error.StorageException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The address of a backup, or of a volume: that of the target with the parameters {@code backup} and {@code volume}, by ascending key.
 *
 * @param target the target's own address, with its own parameters if it has any ({@code nfsOptions})
 * @param volume name of the volume in the store
 * @param backup name of the backup; empty = the volume is meant
 */
public record BackupUrl(String target, String volume, String backup) {
    private static final String VOLUME = "volume";
    private static final String BACKUP = "backup";

    public BackupUrl {
        StoreNames.require(VOLUME, volume);
        if (!backup.isEmpty()) {
            StoreNames.require(BACKUP, backup);
        }
    }

    /**
     * Reads an address. Parameters may come in any order; shells turn an ampersand into {@code u0026}, which is undone.
     *
     * @throws StorageException INVALID if the volume is missing, or a name is not usable
     */
    public static BackupUrl parse(String url) {
        String text = url.strip().replace("\\u0026", "&");
        text = text.contains("&") ? text : text.replace("u0026", "&");
        int question = text.indexOf('?');
        Map<String, List<String>> parameters = question < 0 ? new TreeMap<>() : decoded(text.substring(question + 1));
        String volume = single(url, parameters, VOLUME);
        String backup = single(url, parameters, BACKUP);
        if (question <= 0 || volume.isEmpty()) {
            throw StorageException.invalid("\"" + NearestName.shown(url)
                    + "\" is not the address of a backup; write <target>?backup=<backup>&volume=<volume>");
        }
        return new BackupUrl(joined(text.substring(0, question), parameters), volume, backup);
    }

    /** The address as Longhorn and Drover write it. */
    public String text() {
        int question = target.indexOf('?');
        Map<String, List<String>> parameters = question < 0 ? new TreeMap<>() : decoded(target.substring(question + 1));
        parameters.put(VOLUME, List.of(volume));
        if (!backup.isEmpty()) {
            parameters.put(BACKUP, List.of(backup));
        }
        return joined(question < 0 ? target : target.substring(0, question), parameters);
    }

    @Override
    public String toString() {
        return text();
    }

    private static String single(String url, Map<String, List<String>> parameters, String key) {
        List<String> values = parameters.remove(key);
        if (values == null) {
            return "";
        }
        if (values.size() > 1) {
            throw StorageException.invalid(
                    "\"" + NearestName.shown(url) + "\" names more than one " + key + "; leave one");
        }
        return values.getFirst();
    }

    private static Map<String, List<String>> decoded(String query) {
        Map<String, List<String>> parameters = new TreeMap<>();
        for (String part : query.split("&")) {
            if (!part.isEmpty()) {
                int equals = part.indexOf('=');
                String key = decodedText(equals < 0 ? part : part.substring(0, equals));
                String value = equals < 0 ? "" : decodedText(part.substring(equals + 1));
                parameters.computeIfAbsent(key, any -> new ArrayList<>()).add(value);
            }
        }
        return parameters;
    }

    private static String decodedText(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new StorageException(
                    ErrorCode.INVALID,
                    "\"" + NearestName.shown(text) + "\" is not part of an address; write a percent sign as %25",
                    e);
        }
    }

    private static String joined(String base, Map<String, List<String>> parameters) {
        StringBuilder text = new StringBuilder(base);
        char separator = '?';
        for (Map.Entry<String, List<String>> parameter : parameters.entrySet()) {
            for (String value : parameter.getValue()) {
                text.append(separator)
                        .append(encoded(parameter.getKey()))
                        .append('=')
                        .append(encoded(value));
                separator = '&';
            }
        }
        return text.toString();
    }

    /** As Go escapes: the asterisk too, the tilde not. */
    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("*", "%2A")
                .replace("%7E", "~");
    }
}
