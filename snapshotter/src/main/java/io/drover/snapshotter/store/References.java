package io.drover.snapshotter.store;

import io.drover.core.error.ErrorCode;
import io.drover.core.error.StorageException;
import io.drover.snapshotter.format.BackupConfiguration;
import io.drover.snapshotter.format.ChecksumSet;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the backups of a volume need.
 *
 * @param blocks that any of them names
 * @param newest of the complete ones, by the time of its snapshot, without its blocks; null if there is none
 * @param doubt why the blocks may not be all; empty = every configuration was read and is complete
 */
record References(ChecksumSet blocks, @Nullable BackupConfiguration newest, String doubt) {
    /**
     * Reads all configurations, one after the other.
     *
     * @throws StorageException if the target fails; then nothing is known
     */
    static References of(BackupStore store, String volume, Collection<String> names) {
        ChecksumSet blocks = new ChecksumSet();
        BackupConfiguration newest = null;
        String doubt = "";
        for (String name : names) {
            String problem;
            try {
                Optional<BackupConfiguration> backup = store.findBackup(volume, name);
                problem = backup.map(found -> doubt(volume, name, found))
                        .orElse("backup " + name + " was listed, but has no configuration");
                if (problem.isEmpty() && backup.isPresent()) {
                    backup.get().blocks().addTo(blocks);
                    newest = newer(newest, backup.get());
                }
            } catch (StorageException e) {
                if (e.code() != ErrorCode.CORRUPT && e.code() != ErrorCode.UNSUPPORTED) {
                    throw e;
                }
                problem = String.valueOf(e.getMessage());
            }
            doubt = doubt.isEmpty() ? problem : doubt;
        }
        return new References(blocks, newest, doubt);
    }

    private static String doubt(String volume, String name, BackupConfiguration backup) {
        BackupChecks.requireNames(volume, name, backup);
        if (!backup.isComplete()) {
            return "backup " + name + " is in progress or was interrupted; make it again under that name, or delete it";
        }
        long named = Math.multiplyExact(
                (long) backup.blocks().size(), backup.blockSize().bytes());
        return named == backup.size() || !backup.singleFile().isEmpty()
                ? ""
                : "backup " + name + " is damaged: its configuration says " + backup.size()
                        + " bytes, and names blocks of " + named + "; put the right file there, or delete it";
    }

    private static BackupConfiguration newer(@Nullable BackupConfiguration one, BackupConfiguration other) {
        return one == null || time(one).compareTo(time(other)) < 0 ? other.withoutBlocks() : one;
    }

    private static Instant time(BackupConfiguration backup) {
        return backup.snapshotCreated().orElse(Instant.EPOCH);
    }
}
