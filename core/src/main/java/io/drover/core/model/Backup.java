package io.drover.core.model;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * The record of a backup. The backup itself lies in its store and needs no record; this is what Drover promised, and where it stands.
 *
 * @param target name of the BackupTarget, or empty if only a URL was given
 * @param targetUrl where it lies; without credentials
 * @param snapshot name of the local snapshot that is uploaded, or empty if there never was one
 * @param labels stored with it
 * @param size of the volume when the snapshot was taken
 * @param snapshotAt when that was; until it is known, the moment of the request
 * @param facts once it is READY
 * @param failure of the latest attempt, if that failed
 * @param createdAt the moment of the request
 * @param completedAt when everything was stored
 */
public record Backup(
        BackupId id,
        String target,
        String targetUrl,
        BackupState state,
        BackupOrigin origin,
        String snapshot,
        BackupMode mode,
        Map<String, String> labels,
        ByteSize size,
        Instant snapshotAt,
        Optional<BackupFacts> facts,
        Optional<BackupFailure> failure,
        Instant createdAt,
        Optional<Instant> completedAt)
        implements Resource {
    public Backup {
        labels = Map.copyOf(labels);
    }

    @Override
    public String key() {
        return key(id);
    }

    /** The key of a backup's record: unique, as '@' is in no name. */
    public static String key(BackupId id) {
        return id.volume() + "@" + id.name();
    }

    /** Whether the mover may be at work on it. */
    public boolean isUploading() {
        return state == BackupState.UPLOADING;
    }

    /** The local snapshot that is uploaded. */
    public Optional<SnapshotId> localSnapshot() {
        return snapshot.isEmpty() ? Optional.empty() : Optional.of(new SnapshotId(id.volume(), snapshot));
    }

    /** Begins an attempt; the snapshot is as it was taken. */
    public Backup uploading(Snapshot taken, Map<String, String> storedLabels) {
        return with(BackupState.UPLOADING, storedLabels, taken.size(), taken.createdAt(), facts, failure, completedAt);
    }

    /** Begins another attempt, with the snapshot as it was. */
    public Backup again() {
        return with(BackupState.UPLOADING, labels, size, snapshotAt, facts, failure, completedAt);
    }

    /** Everything is stored. */
    public Backup ready(BackupFacts result, Instant when) {
        return with(
                BackupState.READY, labels, size, snapshotAt, Optional.of(result), Optional.empty(), Optional.of(when));
    }

    /** The attempt ended. */
    public Backup failed(BackupFailure why) {
        return with(BackupState.FAILED, labels, size, snapshotAt, facts, Optional.of(why), completedAt);
    }

    public Backup deleting() {
        return with(BackupState.DELETING, labels, size, snapshotAt, facts, failure, completedAt);
    }

    private Backup with(
            BackupState next,
            Map<String, String> nextLabels,
            ByteSize nextSize,
            Instant nextSnapshotAt,
            Optional<BackupFacts> nextFacts,
            Optional<BackupFailure> nextFailure,
            Optional<Instant> nextCompletedAt) {
        if (!state.mayBecome(next)) {
            throw new IllegalStateException("backup " + id + " cannot go from " + state + " to " + next);
        }
        return new Backup(
                id,
                target,
                targetUrl,
                next,
                origin,
                snapshot,
                mode,
                nextLabels,
                nextSize,
                nextSnapshotAt,
                nextFacts,
                nextFailure,
                createdAt,
                nextCompletedAt);
    }
}
