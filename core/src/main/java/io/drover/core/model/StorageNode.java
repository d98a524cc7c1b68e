package io.drover.core.model;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The record of a host that keeps volumes: what its owner wants of it, and what it reports.
 *
 * @param disks that it is told to use, beside those that it is started with
 * @param schedulable whether new volumes may be placed on it; what is there stays
 * @param tags that a StorageClass' {@code nodeSelector} can ask for
 * @param report empty until the host was reached for the first time
 */
public record StorageNode(
        NodeId id,
        List<WantedDisk> disks,
        boolean schedulable,
        List<String> tags,
        Optional<NodeReport> report,
        Instant createdAt)
        implements Resource {
    public StorageNode {
        disks = List.copyOf(disks);
        tags = List.copyOf(tags);
    }

    @Override
    public String key() {
        return id.value();
    }

    public StorageNode withReport(NodeReport next) {
        return new StorageNode(id, disks, schedulable, tags, Optional.of(next), createdAt);
    }

    public StorageNode withSchedulable(boolean next) {
        return new StorageNode(id, disks, next, tags, report, createdAt);
    }

    /**
     * A disk that a host is to use, as {@code drover node --disk} takes it.
     *
     * @param name by which people call it; empty = the last part of the path
     * @param path directory or block device
     * @param tags that a StorageClass' {@code diskSelector} can ask for
     * @param size of the image, for a directory on a file system that cannot clone; absent = the program's default
     * @param engine {@code btrfs} or {@code xfs}; empty = what is there already, or the program's choice
     * @param adopt the identity of a disk from elsewhere that lies at the path and is to be taken
     * @param forget the identity of the disk that was at the path and will not come back
     */
    public record WantedDisk(
            String name,
            String path,
            List<String> tags,
            Optional<ByteSize> size,
            String engine,
            Optional<DiskId> adopt,
            Optional<DiskId> forget) {
        public WantedDisk {
            tags = List.copyOf(tags);
        }
    }

    /**
     * What is known of a host.
     *
     * @param address by which its agent was last reached
     * @param ready whether it answers
     * @param reason one word in CamelCase
     * @param message for people
     * @param disks that it has
     * @param seenAt when it last answered
     */
    public record NodeReport(
            String address, boolean ready, String reason, String message, List<SeenDisk> disks, Instant seenAt) {
        public NodeReport {
            disks = List.copyOf(disks);
        }
    }

    /**
     * A disk of a host.
     *
     * @param id absent if it could not be opened
     * @param capacity of its file system
     * @param available of it
     * @param provisioned sum of the sizes of the volumes on it
     * @param problem empty if it can be used
     */
    public record SeenDisk(
            String name,
            String path,
            Optional<DiskId> id,
            ByteSize capacity,
            ByteSize available,
            ByteSize provisioned,
            String problem) {}
}
