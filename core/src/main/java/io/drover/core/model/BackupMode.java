package io.drover.core.model;

import java.util.Locale;

/** What a backup uploads. */
public enum BackupMode {
    /** What changed since the last one. */
    INCREMENTAL,
    /** Everything, stored blocks again too. */
    FULL;

    /** As users and the format write it. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
