package io.drover.core.model;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The record of a volume: what was asked for, what was decided, and where it stands. Changed only by writing a new version
 * to the store.
 *
 * @param size a multiple of {@link ByteSize#STEP}; only grows
 * @param accessModes what the creating request asked for; compared on a repeat
 * @param blockAllowed whether the creating request asked for raw block access
 * @param mountAllowed whether the creating request asked for mounted access
 * @param placements empty until a place was chosen
 * @param attachment where it is published; empty = nowhere
 * @param epoch of the latest attachment, 0 before the first
 * @param blockBytes logical block size of its device: 4096, or 512 for an image made elsewhere on such blocks; file systems and
 *     partition tables depend on it, so that a copy keeps it
 * @param labels free; {@link JobLabels} says which choose recurring jobs
 */
public record Volume(
        VolumeId id,
        ByteSize size,
        VolumeParameters parameters,
        Set<AccessMode> accessModes,
        boolean blockAllowed,
        boolean mountAllowed,
        VolumeSource source,
        VolumeState state,
        List<ReplicaPlacement> placements,
        Optional<Attachment> attachment,
        long epoch,
        int blockBytes,
        Map<String, String> labels,
        Instant createdAt)
        implements Resource {
    /** The logical block size of what is made here. */
    public static final int BLOCK_BYTES = 4096;
    /** The logical block size of images made elsewhere. */
    public static final int FOREIGN_BLOCK_BYTES = 512;

    public Volume {
        if (blockBytes != BLOCK_BYTES && blockBytes != FOREIGN_BLOCK_BYTES) {
            throw new IllegalArgumentException("no volume has blocks of " + blockBytes + " bytes");
        }
        accessModes = Set.copyOf(accessModes);
        placements = List.copyOf(placements);
        labels = Map.copyOf(labels);
    }

    @Override
    public String key() {
        return id.value();
    }

    public Volume withState(VolumeState next) {
        if (!state.mayBecome(next)) {
            throw new IllegalStateException("volume " + id + " cannot go from " + state + " to " + next);
        }
        return derived(size, parameters, next, placements, attachment, epoch, labels);
    }

    public Volume withSize(ByteSize next) {
        return derived(next, parameters, state, placements, attachment, epoch, labels);
    }

    public Volume withParameters(VolumeParameters next) {
        return derived(size, next, state, placements, attachment, epoch, labels);
    }

    public Volume withPlacements(List<ReplicaPlacement> next) {
        return derived(size, parameters, state, next, attachment, epoch, labels);
    }

    public Volume attached(Attachment next) {
        return derived(size, parameters, state, placements, Optional.of(next), next.epoch(), labels);
    }

    public Volume detached() {
        return derived(size, parameters, state, placements, Optional.empty(), epoch, labels);
    }

    public Volume withLabels(Map<String, String> next) {
        return derived(size, parameters, state, placements, attachment, epoch, next);
    }

    /** What a volume keeps for life stays as it is. */
    private Volume derived(
            ByteSize size,
            VolumeParameters parameters,
            VolumeState state,
            List<ReplicaPlacement> placements,
            Optional<Attachment> attachment,
            long epoch,
            Map<String, String> labels) {
        return new Volume(
                id,
                size,
                parameters,
                accessModes,
                blockAllowed,
                mountAllowed,
                source,
                state,
                placements,
                attachment,
                epoch,
                blockBytes,
                labels,
                createdAt);
    }
}
