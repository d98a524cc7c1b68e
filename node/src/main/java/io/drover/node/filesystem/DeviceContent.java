package io.drover.node.filesystem;

import io.drover.core.model.FileSystemType;

/** What a device carries. */
public sealed interface DeviceContent {
    /** Surely nothing: no signature, and only zeros. */
    record Blank() implements DeviceContent {}

    /** A file system that Drover mounts. */
    record Formatted(FileSystemType type) implements DeviceContent {}

    /**
     * Something else: another file system, a partition table, or data without any signature.
     *
     * @param description for people: {@code a dos partition table}
     */
    record Foreign(String description) implements DeviceContent {}
}
