package io.drover.node.disk;

import java.util.Optional;

/** What is on a block device. */
sealed interface DeviceContent {
    /** Surely nothing: no signature anywhere, and zeros at both ends. */
    record Blank() implements DeviceContent {}

    /**
     * One file system.
     *
     * @param type as blkid calls it
     */
    record FileSystem(String type, String uuid) implements DeviceContent {}

    /**
     * Something else, or bytes without a known signature.
     *
     * @param description for people
     * @param markedBy a disk's uuid that was looked for and found at the beginning: Drover's own interrupted mkfs
     */
    record Other(String description, Optional<String> markedBy) implements DeviceContent {}
}
