package io.drover.controller.backup;

import io.drover.core.model.Backup;
import io.drover.core.model.BackupId;
import io.drover.core.model.VolumeId;
import io.drover.core.store.ResourceStore;
import io.drover.core.store.Stored;
import java.util.List;
import java.util.Optional;

/** Looks records of backups up. What only a store knows has none. */
public final class BackupRecords {
    private final ResourceStore store;

    public BackupRecords(ResourceStore store) {
        this.store = store;
    }

    public Optional<Backup> find(BackupId id) {
        return store.find(Backup.class, Backup.key(id)).map(Stored::value);
    }

    /** All, in the order of their keys. */
    public List<Backup> all() {
        return store.list(Backup.class).stream().map(Stored::value).toList();
    }

    public List<Backup> of(VolumeId volume) {
        return all().stream()
                .filter(backup -> backup.id().volume().equals(volume))
                .toList();
    }
}
