package io.drover.node.stage;

import java.util.Optional;

/**
 * How full a volume is, and how it does.
 *
 * @param bytes size and use; for a raw block device the size only
 * @param inodes empty where the file system has no fixed number of them
 * @param problem for people; empty = healthy
 */
public record VolumeStatistics(Usage bytes, Optional<Usage> inodes, Optional<String> problem) {
    /**
     * One kind of room.
     *
     * @param used empty if unknown
     * @param available empty if unknown
     */
    public record Usage(long total, Optional<Long> used, Optional<Long> available) {}
}
