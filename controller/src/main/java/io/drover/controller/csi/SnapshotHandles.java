package io.drover.controller.csi;

import io.drover.core.error.ErrorCode;
import io.drover.core.error.StorageException;
import io.drover.core.model.BackupId;
import io.drover.core.model.SnapshotId;
import java.util.Optional;

/** Reads snapshot ids as clients send them. */
final class SnapshotHandles {
    /** The scheme, two names and a slash. */
    private static final int MAX_LENGTH = 7 + 128 + 1 + 128;

    private SnapshotHandles() {}

    /**
     * A snapshot that must exist.
     *
     * @throws StorageException INVALID if missing or malformed, NOT_FOUND if it is surely none of ours, UNSUPPORTED for a backup's,
     *     which has no extents here
     */
    static SnapshotId require(String field, String handle) {
        requirePresent(field, handle);
        requireNoBackup(handle);
        if (handle.length() > MAX_LENGTH) {
            throw StorageException.invalid(field + " has " + handle.length()
                    + " characters; ids of snapshots are of the form snap://<volume>/<snapshot>");
        }
        // A plain name is an id of somebody's, but none of ours; what has parts is meant to be a handle.
        if (!handle.contains("/") && !handle.contains(":")) {
            throw StorageException.notFound("snapshot", handle + " (ids here look like snap://<volume>/<snapshot>)");
        }
        return SnapshotId.ofHandle(handle);
    }

    /**
     * A local snapshot that need not exist: empty if no such snapshot of ours can have this id.
     */
    static Optional<SnapshotId> find(String handle) {
        try {
            return SnapshotId.isHandle(handle) ? Optional.of(SnapshotId.ofHandle(handle)) : Optional.empty();
        } catch (StorageException e) {
            return Optional.empty(); // a name that cannot be given is nobody's
        }
    }

    /** A backup that need not exist: empty if none can have this id. */
    static Optional<BackupId> findBackup(String handle) {
        try {
            return Optional.of(BackupId.ofHandle(handle));
        } catch (StorageException e) {
            if (e.code() == ErrorCode.INVALID) {
                return Optional.empty(); // a name that cannot be given is nobody's
            }
            throw e;
        }
    }

    static void requirePresent(String field, String handle) {
        if (handle.isEmpty()) {
            throw StorageException.invalid(field + " is missing; give the id of a snapshot");
        }
    }

    private static void requireNoBackup(String handle) {
        if (BackupId.isHandle(handle)) {
            throw StorageException.unsupported(
                    "that is not offered for backups such as " + handle + "; use a local snapshot (snap://…)");
        }
    }
}
