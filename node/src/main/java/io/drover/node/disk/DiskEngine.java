package io.drover.node.disk;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The file systems that can carry replicas. */
public enum DiskEngine {
    BTRFS,
    XFS;

    /** The name in configuration, identity files and on the wire; also that of the file system. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The engine of this name, if there is one. */
    public static Optional<DiskEngine> ofText(String text) {
        return Arrays.stream(values())
                .filter(engine -> engine.text().equals(text))
                .findFirst();
    }
}
