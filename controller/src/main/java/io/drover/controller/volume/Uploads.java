package io.drover.controller.volume;

import io.drover.core.error.StorageException;
import io.drover.core.model.Backup;
import io.drover.core.model.SnapshotId;
import io.drover.core.model.VolumeId;
import io.drover.core.store.ResourceStore;
import io.drover.core.store.Stored;
import java.util.Optional;
import java.util.function.Predicate;

/** Guards what movers are reading: a snapshot stays until its upload has ended. */
public final class Uploads {
    private final ResourceStore store;

    public Uploads(ResourceStore store) {
        this.store = store;
    }

    /**
     * Accepts that a volume goes, with its snapshots.
     *
     * @throws StorageException NOT_READY naming the backup that is being uploaded
     */
    public void requireNoneOf(String operation, VolumeId volume) {
        find(backup -> backup.id().volume().equals(volume)).ifPresent(backup -> {
            throw underWay(operation + " volume " + volume, backup);
        });
    }

    /**
     * Accepts that a snapshot goes.
     *
     * @throws StorageException NOT_READY naming the backup that it is being uploaded to
     */
    public void requireNoneOf(String operation, SnapshotId snapshot) {
        find(backup -> backup.localSnapshot().filter(snapshot::equals).isPresent())
                .ifPresent(backup -> {
                    throw underWay(operation + " snapshot " + snapshot, backup);
                });
    }

    private Optional<Backup> find(Predicate<Backup> which) {
        return store.list(Backup.class).stream()
                .map(Stored::value)
                .filter(Backup::isUploading)
                .filter(which)
                .findFirst();
    }

    private static StorageException underWay(String operation, Backup backup) {
        return StorageException.notReady("cannot " + operation + ": backup " + backup.id()
                + " is being uploaded from it; wait until it has ended, or delete the backup");
    }
}
