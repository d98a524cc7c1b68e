package io.drover.core.model;

import java.util.Map;

/** The settings that somebody changed, as text by name; {@link Settings} types them and knows the defaults. */
public record SettingsRecord(Map<String, String> values) implements Resource {
    /** There is one such record. */
    public static final String KEY = "settings";

    public SettingsRecord {
        values = Map.copyOf(values);
    }

    @Override
    public String key() {
        return KEY;
    }
}
