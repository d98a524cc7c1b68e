package io.drover.controller.csi;

import io.drover.core.error.StorageException;
import io.drover.core.model.SnapshotId;
import java.util.Optional;

/** Reads snapshot ids as clients send them. */
final class SnapshotHandles {
    private static final String BACKUP = "bak://";
    /** The scheme, two names and a slash. */
    private static final int MAX_LENGTH = 7 + 128 + 1 + 128;

    private SnapshotHandles() {}

    /**
     * A snapshot that must exist.
     *
     * @throws StorageException INVALID if missing or malformed, NOT_FOUND if it is surely none of ours, UNSUPPORTED for a backup's
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
     * A snapshot that need not exist: empty if no snapshot of ours can have this id.
     *
     * @throws StorageException UNSUPPORTED for a backup's id: such a backup may well exist
     */
    static Optional<SnapshotId> find(String handle) {
        requireNoBackup(handle);
        try {
            return SnapshotId.isHandle(handle) ? Optional.of(SnapshotId.ofHandle(handle)) : Optional.empty();
        } catch (StorageException e) {
            return Optional.empty(); // a name that cannot be given is nobody's
        }
    }

    static void requirePresent(String field, String handle) {
        if (handle.isEmpty()) {
            throw StorageException.invalid(field + " is missing; give the id of a snapshot");
        }
    }

    private static void requireNoBackup(String handle) {
        if (handle.startsWith(BACKUP)) {
            throw StorageException.unsupported(
                    "this version has no backups yet, so it cannot work with " + handle + "; use snapshots (snap://…)");
        }
    }
}
