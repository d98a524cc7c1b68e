package io.drover.snapshotter.format;

import io.drover.core.error.NearestName;
import io.drover.core.error.StorageException;
import java.util.Arrays;
import java.util.List;

/** How blocks are compressed. The method of a volume is fixed by its first backup. */
public enum Compression {
    /** LZ4 frames: the default. */
    LZ4("lz4"),
    /** RFC 1952; ten times slower. Volumes from before 2023 have it. */
    GZIP("gzip"),
    NONE("none");

    private final String text;

    Compression(String text) {
        this.text = text;
    }

    /** As configurations and requests write it. */
    public String text() {
        return text;
    }

    /**
     * Reads the word of a configuration or a request. Nothing is gzip: configurations from before 2023 do not say it.
     *
     * @throws StorageException UNSUPPORTED if it is another word
     */
    public static Compression parse(String text) {
        if (text.isEmpty()) {
            return GZIP;
        }
        for (Compression method : values()) {
            if (method.text.equals(text)) {
                return method;
            }
        }
        List<String> known = Arrays.stream(values()).map(Compression::text).toList();
        throw StorageException.unsupported(
                "compression method \"" + NearestName.shown(text) + "\" is not known" + NearestName.hint(text, known));
    }
}
