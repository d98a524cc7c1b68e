package io.drover.snapshotter.store;

import io.drover.core.error.ErrorCode;
import io.drover.core.error.StorageException;
import io.drover.core.fault.FaultPoints;
import io.drover.snapshotter.format.BackupConfiguration;
import io.drover.snapshotter.format.Checksum;
import io.drover.snapshotter.format.ChecksumSet;
import io.drover.snapshotter.format.StoreNames;
import io.drover.snapshotter.format.StorePaths;
import io.drover.snapshotter.format.VolumeConfiguration;
import io.drover.snapshotter.lock.HeldLock;
import io.drover.snapshotter.lock.LockType;
import io.drover.snapshotter.lock.StoreLocks;
import io.drover.snapshotter.target.TargetFile;
import io.drover.snapshotter.target.TargetFiles;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Deletes a backup, and the blocks that no other one needs. In this order:
 *
 * <ol>
 *   <li>look, changing nothing: the volume, the list of backups, the configurations of all others;
 *   <li>remove the backup's configuration;
 *   <li>let volume.cfg name another last backup;
 *   <li>list the backups again, in another way, and compare;
 *   <li>remove the blocks that no backup names.
 * </ol>
 *
 * Any error of the target ends it where it is; the same call again continues. Blocks are kept on any doubt: a block too much costs space, a
 * block too little costs a backup. Longhorn's own way fails in some of these cases: it takes a failed list for an empty one.
 */
public final class BackupDeletion {
    private final BackupStore store;
    private final TargetFiles files;
    private final StoreLocks locks;
    private final FaultPoints faults;

    public BackupDeletion(BackupStore store, StoreLocks locks, FaultPoints faults) {
        this.store = store;
        this.files = store.files();
        this.locks = locks;
        this.faults = faults;
    }

    /** As {@link #delete(String, String, Collection)}, by who remembers nothing. */
    public DeletionReport delete(String volume, String backup) {
        return delete(volume, backup, List.of());
    }

    /**
     * Deletes a backup. One that is absent is success, and blocks that an interrupted deletion left are removed.
     *
     * @param remembered backups of the volume that the caller knows to be complete in this store; if one is missing, blocks are kept
     * @throws StorageException BUSY while anybody makes, restores or deletes a backup of the volume; UNAVAILABLE if what the target answers
     *     does not fit together, and then nothing was deleted
     */
    public DeletionReport delete(String volume, String backup, Collection<String> remembered) {
        StoreNames.require("backup", backup);
        if (store.findVolume(volume).isEmpty()) {
            return withoutVolume(volume, backup);
        }
        try (HeldLock lock = locks.acquire(files, volume, LockType.DELETE)) {
            faults.reach("backup-delete.locked");
            return locked(lock, volume, backup, remembered);
        }
    }

    /** Something is left of a volume that has no configuration any more: then what was asked for goes, and nothing else is touched. */
    private DeletionReport withoutVolume(String volume, String backup) {
        String path = StorePaths.backupConfiguration(volume, backup);
        if (files.find(path).isEmpty()) {
            return new DeletionReport(false, 0, 0, "");
        }
        try (HeldLock lock = locks.acquire(files, volume, LockType.DELETE)) {
            lock.check();
            files.delete(path);
            return new DeletionReport(
                    true, 0, 0, "blocks were kept, because volume " + volume + " has no volume.cfg in the store");
        }
    }

    private DeletionReport locked(HeldLock lock, String volume, String backup, Collection<String> remembered) {
        VolumeConfiguration configuration = store.volume(volume);
        Set<String> names = new HashSet<>(store.backupNames(volume));
        boolean exists =
                files.find(StorePaths.backupConfiguration(volume, backup)).isPresent();
        requireListed(volume, backup, exists, names);
        String doubt = lastBackupDoubt(configuration, backup, names);
        doubt = doubt.isEmpty() ? memoryDoubt(volume, backup, names, remembered) : doubt;

        names.remove(backup);
        References references = References.of(store, volume, names);
        doubt = doubt.isEmpty() ? references.doubt() : doubt;
        faults.reach("backup-delete.references-read");

        lock.check();
        files.delete(StorePaths.backupConfiguration(volume, backup));
        faults.reach("backup-delete.configuration-removed");

        if (configuration.lastBackup().equals(backup)) {
            configuration = withOtherLast(configuration, references, doubt);
            lock.check();
            files.write(StorePaths.volumeConfiguration(volume), configuration.bytes());
        }
        faults.reach("backup-delete.volume-updated");

        doubt = doubt.isEmpty() ? changed(volume, names) : doubt;
        return doubt.isEmpty()
                ? collect(lock, configuration, references.blocks(), exists)
                : new DeletionReport(exists, 0, 0, "blocks were kept: " + doubt);
    }

    /** A file that is surely there must be in the list, or the list is not to be believed. */
    private void requireListed(String volume, String backup, boolean exists, Set<String> names) {
        if (exists && !names.contains(backup)) {
            throw halfListed(volume, backup);
        }
    }

    private StorageException halfListed(String volume, String backup) {
        return StorageException.unavailable(
                "cannot delete from the backup store at " + store.description()
                        + ": it has backup " + backup + " of volume " + volume
                        + ", but does not list it, so its lists cannot be trusted; nothing was deleted; check the target and try again");
    }

    private String lastBackupDoubt(VolumeConfiguration volume, String backup, Set<String> names) {
        String last = volume.lastBackup();
        if (last.isEmpty() || last.equals(backup) || names.contains(last)) {
            return "";
        }
        if (StoreNames.isValid(last)
                && files.find(StorePaths.backupConfiguration(volume.name(), last))
                        .isPresent()) {
            throw halfListed(volume.name(), last);
        }
        return "volume " + volume.name() + " names " + last
                + " as its last backup, and the store does not have it; check that this is the right store, then make a new backup, or"
                + " delete " + last + " too";
    }

    /** The store must be what this side remembers, or it is another one, or does not list all that it has. */
    private String memoryDoubt(String volume, String backup, Set<String> names, Collection<String> remembered) {
        for (String name : remembered) {
            if (name.equals(backup) || names.contains(name)) {
                continue;
            }
            if (files.find(StorePaths.backupConfiguration(volume, name)).isPresent()) {
                throw halfListed(volume, name);
            }
            return "backup " + name
                    + " was made and never deleted by this installation, and the store does not have it; check that"
                    + " this is the right store; if it was deleted elsewhere, delete it here too";
        }
        return "";
    }

    /** The newest one that is left; none while it is not sure what is left, and then the next backup is full. */
    private static VolumeConfiguration withOtherLast(VolumeConfiguration volume, References references, String doubt) {
        BackupConfiguration newest = references.newest();
        return newest == null || !doubt.isEmpty()
                ? volume.withoutLastBackup()
                : volume.withLastBackup(newest.name(), newest.snapshotCreated());
    }

    /** What differs from the first list; asked for in another way, so that one defect does not answer twice. */
    private String changed(String volume, Set<String> expected) {
        String folder = StorePaths.backups(volume);
        Set<String> now = new HashSet<>();
        files.walk(folder, file -> {
            String name = file.path().substring(file.path().lastIndexOf('/') + 1);
            if (file.path().equals(folder + "/" + name)) {
                StorePaths.backupName(name).ifPresent(now::add);
            }
        });
        return now.equals(expected)
                ? ""
                : "the list of backups changed meanwhile; delete a backup again when nothing else is using the volume";
    }

    private DeletionReport collect(HeldLock lock, VolumeConfiguration volume, ChecksumSet needed, boolean existed) {
        String folder = StorePaths.blocks(volume.name());
        List<TargetFile> unused = new ArrayList<>();
        List<Checksum> unusedChecksums = new ArrayList<>();
        ChecksumSet present = new ChecksumSet();
        UnfinishedWrites unfinished = new UnfinishedWrites(files, volume.name());
        Consumer<TargetFile> blocks = file -> {
            Optional<Checksum> checksum = StorePaths.blockChecksum(folder, file.path());
            if (checksum.isEmpty()) {
                return;
            }
            if (needed.contains(checksum.get())) {
                present.add(checksum.get());
            } else if (!file.modified().isAfter(lock.taken())) {
                // A younger one was written by somebody who does not see our lock.
                unused.add(file);
                unusedChecksums.add(checksum.get());
            }
        };
        files.walk(StorePaths.volume(volume.name()), blocks, unfinished::add);
        faults.reach("backup-delete.blocks-listed");
        Optional<Checksum> missing = needed.firstNotIn(present);
        if (missing.isPresent()) {
            return new DeletionReport(existed, 0, 0, "blocks were kept: " + missing(volume.name(), missing.get()));
        }
        long bytes = remove(lock, volume.name(), unused);
        unfinished.removeAlone(lock, locks);
        faults.reach("backup-delete.blocks-removed");
        if (volume.blockCount() != present.size()) {
            files.write(
                    StorePaths.volumeConfiguration(volume.name()),
                    volume.withBlockCount(present.size()).bytes());
        }
        store.recordRepaired(volume.name(), unusedChecksums);
        return new DeletionReport(existed, unused.size(), bytes, "");
    }

    /**
     * What the backups name must be there. If it is not, a configuration may have been damaged where it lies or on its way, and then what it
     * named before looks as if nobody needed it.
     */
    private String missing(String volume, Checksum checksum) {
        if (files.find(StorePaths.block(volume, checksum)).isPresent()) {
            throw StorageException.unavailable("cannot remove unused blocks from the backup store at "
                    + store.description() + ": it has block " + checksum + " of volume " + volume
                    + ", but does not list it, so its lists cannot be trusted; check the target and try again");
        }
        return "a backup of volume " + volume + " needs block " + checksum
                + ", and the store does not have it; verify the backups: the next backup sends what is missing if the volume still has it, and"
                + " a backup that stays damaged should be deleted";
    }

    /** Tries all, even if some fail; then throws the first failure. */
    private long remove(HeldLock lock, String volume, List<TargetFile> unused) {
        long bytes = 0;
        List<StorageException> failures = new ArrayList<>();
        for (TargetFile file : unused) {
            lock.check();
            try {
                files.delete(file.path());
                bytes += file.size();
            } catch (StorageException e) {
                failures.add(e);
            }
            faults.reach("backup-delete.block-removed");
        }
        if (!failures.isEmpty()) {
            StorageException first = failures.getFirst();
            ErrorCode code = first.code() == ErrorCode.NOT_FOUND ? ErrorCode.UNAVAILABLE : first.code();
            throw new StorageException(
                    code,
                    failures.size() + " of " + unused.size() + " unused blocks of volume " + volume
                            + " could not be removed: " + first.getMessage() + "; the same call continues",
                    first);
        }
        return bytes;
    }
}
