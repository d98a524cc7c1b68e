package io.drover.snapshotter.mover;

import io.drover.core.error.ErrorCode;
import io.drover.core.error.StorageException;
import io.drover.proto.mover.v1.StoredBackup;
import io.drover.snapshotter.format.BackupConfiguration;
import io.drover.snapshotter.store.BackupStore;
import java.util.List;
import java.util.Optional;

/** What is in a store, as messages. */
final class StoreQuestions {
    private StoreQuestions() {}

    static List<StoredBackup> backups(BackupStore store, String target, String volume) {
        long size = store.volume(volume).size();
        return store.backups(volume).stream()
                .map(backup -> backup.configuration()
                        .map(found -> MoverMessages.backup(target, found, size, backup.problem()))
                        .orElseGet(() -> MoverMessages.unreadable(target, volume, backup.name(), backup.problem())))
                .toList();
    }

    /** One backup, with what is wrong with it; NOT_FOUND if there surely is none. */
    static StoredBackup backup(BackupStore store, String target, String volume, String name) {
        try {
            var backup = store.backup(volume, name);
            return MoverMessages.backup(target, backup.backup(), backup.volume().size(), "");
        } catch (StorageException e) {
            return switch (e.code()) {
                case NOT_READY, CORRUPT, UNSUPPORTED -> problematic(store, target, volume, name, e);
                default -> throw e;
            };
        }
    }

    private static StoredBackup problematic(
            BackupStore store, String target, String volume, String name, StorageException problem) {
        String text = String.valueOf(problem.getMessage());
        try {
            Optional<BackupConfiguration> found = store.findBackup(volume, name);
            if (found.isPresent()
                    && found.get().volume().equals(volume)
                    && found.get().name().equals(name)) {
                return MoverMessages.backup(
                        target, found.get(), store.volume(volume).size(), text);
            }
        } catch (StorageException e) {
            if (e.code() != ErrorCode.CORRUPT) {
                throw e;
            }
        }
        return MoverMessages.unreadable(target, volume, name, text);
    }
}
