package io.drover.core.resources;

import io.drover.core.error.StorageException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;

/** Reads Secrets. Nothing of their content appears in any exception. */
public final class SecretFormat {
    private SecretFormat() {}

    /**
     * The keys and values of a Secret.
     *
     * @param name for messages
     * @throws StorageException CORRUPT if a value is no text
     */
    public static Map<String, String> read(String name, String json) {
        Map<String, String> values = new TreeMap<>();
        ApiJson.tree(json)
                .path("data")
                .properties()
                .forEach(entry -> values.put(
                        entry.getKey(),
                        text(name, entry.getKey(), entry.getValue().asText())));
        return values;
    }

    private static String text(String name, String key, String encoded) {
        try {
            return new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw StorageException.corrupt("cannot read " + key + " of Secret " + name + ": it is not in base64");
        }
    }
}
