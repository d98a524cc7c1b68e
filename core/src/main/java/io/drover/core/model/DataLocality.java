package io.drover.core.model;

import io.drover.core.error.StorageException;

/** Where a pod runs relative to its volume's data. */
public enum DataLocality {
    /** The pod runs where the data is; told to the scheduler by topology. */
    STRICT_LOCAL("strict-local"),
    BEST_EFFORT("best-effort"),
    DISABLED("disabled");

    private final String text;

    DataLocality(String text) {
        this.text = text;
    }

    public String text() {
        return text;
    }

    /**
     * Reads the StorageClass value.
     *
     * @throws StorageException INVALID for anything else
     */
    public static DataLocality parse(String text) {
        for (DataLocality locality : values()) {
            if (locality.text.equals(text)) {
                return locality;
            }
        }
        throw StorageException.invalid(
                "dataLocality \"" + text + "\" is not known; choose strict-local, best-effort or disabled");
    }
}
