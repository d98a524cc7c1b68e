package io.drover.snapshotter.store;

import io.drover.core.error.ErrorCode;
import io.drover.core.error.StorageException;
import io.drover.core.fault.FaultPoints;
import io.drover.snapshotter.format.BackupConfiguration;
import io.drover.snapshotter.format.BlockDecoder;
import io.drover.snapshotter.format.BlockSize;
import io.drover.snapshotter.format.Checksum;
import io.drover.snapshotter.format.ChecksumSet;
import io.drover.snapshotter.format.Compression;
import io.drover.snapshotter.format.StoreNames;
import io.drover.snapshotter.format.StorePaths;
import io.drover.snapshotter.format.VolumeConfiguration;
import io.drover.snapshotter.lock.HeldLock;
import io.drover.snapshotter.lock.LockType;
import io.drover.snapshotter.lock.StoreLocks;
import io.drover.snapshotter.target.TargetEntry;
import io.drover.snapshotter.target.TargetFile;
import io.drover.snapshotter.target.TargetFiles;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What is in a backup store, and the steps of writing a backup. It takes no locks: whoever writes or restores holds {@code LockType.USE} of
 * the volume meanwhile. Safe for several threads.
 */
public final class BackupStore {
    private static final int VOLUME_LIMIT = 4 << 20;
    private static final int BACKUP_LIMIT = 512 << 20;
    private static final String ACCESS_MODE = "longhorn.io/volume-access-mode";

    private final TargetFiles files;
    private final Clock clock;
    private final FaultPoints faults;

    public BackupStore(TargetFiles files, Clock clock, FaultPoints faults) {
        this.files = files;
        this.clock = clock;
        this.faults = faults;
    }

    // ---- what is there

    /** All volumes by name, unreadable ones too. Foreign files are left out. */
    public List<StoredVolume> volumes() {
        List<String> first = directories(StorePaths.VOLUMES);
        List<String> second = Parallel.map(first, BackupStore.this::directories).stream()
                .flatMap(List::stream)
                .toList();
        List<String> folders = Parallel.map(second, BackupStore.this::directories).stream()
                .flatMap(List::stream)
                .filter(BackupStore::isVolumeFolder)
                .toList();
        return Parallel.map(folders, this::listedVolume).stream()
                .sorted((a, b) -> a.name().compareTo(b.name()))
                .toList();
    }

    private List<String> directories(String directory) {
        return files.list(directory).stream()
                .filter(TargetEntry::directory)
                .map(entry -> directory + "/" + entry.name())
                .toList();
    }

    private static boolean isVolumeFolder(String folder) {
        String name = lastName(folder);
        return StoreNames.isValid(name)
                && !name.equals(StorePaths.BACKING_IMAGES)
                && StorePaths.volume(name).equals(folder);
    }

    private static String lastName(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private StoredVolume listedVolume(String folder) {
        String name = lastName(folder);
        try {
            return new StoredVolume(name, Optional.of(volume(name)), "");
        } catch (StorageException e) {
            return switch (e.code()) {
                case NOT_FOUND, CORRUPT -> new StoredVolume(name, Optional.empty(), String.valueOf(e.getMessage()));
                default -> throw e;
            };
        }
    }

    /**
     * A volume.
     *
     * @throws StorageException NOT_FOUND if the store surely has none of that name; CORRUPT if its configuration cannot be understood
     */
    public VolumeConfiguration volume(String name) {
        return findVolume(name)
                .orElseThrow(
                        () -> StorageException.notFound("volume", name + " in the backup store at " + description()));
    }

    /** A volume; empty if the store surely has none of that name. */
    public Optional<VolumeConfiguration> findVolume(String name) {
        StoreNames.require("volume", name);
        return configuration(StorePaths.volumeConfiguration(name), VOLUME_LIMIT).map(json -> {
            VolumeConfiguration volume = VolumeConfiguration.parse(name, json);
            if (!volume.name().equals(name)) {
                throw StorageException.corrupt(
                        "the configuration of volume " + name + " is damaged: it is that of volume \"" + volume.name()
                                + "\"; put the right volume.cfg there");
            }
            return volume;
        });
    }

    /** The names of a volume's backups, in no order, those in progress too. Empty if there surely are none. */
    public List<String> backupNames(String volume) {
        StoreNames.require("volume", volume);
        return files.list(StorePaths.backups(volume)).stream()
                .filter(entry -> !entry.directory())
                .flatMap(entry -> StorePaths.backupName(entry.name()).stream())
                .toList();
    }

    /**
     * All backups of a volume by time, each with what is wrong with it.
     *
     * @throws StorageException NOT_FOUND if the store surely has no such volume
     */
    public List<StoredBackup> backups(String volume) {
        VolumeConfiguration configuration = volume(volume);
        // One after the other: each may name half a million blocks, and only the head of it is kept.
        List<StoredBackup> backups = new ArrayList<>();
        for (String name : backupNames(volume)) {
            listedBackup(configuration, name).ifPresent(backups::add);
        }
        backups.sort((a, b) -> order(a).compareTo(order(b)));
        return List.copyOf(backups);
    }

    private static String order(StoredBackup backup) {
        return backup.configuration()
                        .flatMap(BackupConfiguration::snapshotCreated)
                        .map(Instant::toString)
                        .orElse("9999")
                + backup.name();
    }

    /** Empty if it was deleted meanwhile. */
    private Optional<StoredBackup> listedBackup(VolumeConfiguration volume, String name) {
        Optional<BackupConfiguration> found;
        try {
            found = findBackup(volume.name(), name);
        } catch (StorageException e) {
            if (e.code() == ErrorCode.CORRUPT) {
                return Optional.of(new StoredBackup(name, Optional.empty(), String.valueOf(e.getMessage())));
            }
            throw e;
        }
        return found.map(backup -> {
            try {
                BackupChecks.require(volume, name, backup);
                return new StoredBackup(name, Optional.of(backup.withoutBlocks()), "");
            } catch (StorageException e) {
                return new StoredBackup(name, Optional.of(backup.withoutBlocks()), String.valueOf(e.getMessage()));
            }
        });
    }

    /**
     * A backup as it stands there, perhaps in progress; empty if there surely is none of that name.
     *
     * @throws StorageException CORRUPT if its configuration cannot be understood
     */
    public Optional<BackupConfiguration> findBackup(String volume, String name) {
        StoreNames.require("volume", volume);
        StoreNames.require("backup", name);
        return configuration(StorePaths.backupConfiguration(volume, name), BACKUP_LIMIT)
                .map(json -> BackupConfiguration.parse(volume, name, json));
    }

    /**
     * A backup that can be restored, as far as its configuration tells.
     *
     * @throws StorageException NOT_FOUND if there surely is none; NOT_READY if it is in progress or was interrupted; CORRUPT or UNSUPPORTED
     *     if it cannot be restored, with the reason
     */
    public RestorableBackup backup(String volume, String name) {
        VolumeConfiguration configuration = volume(volume);
        BackupConfiguration backup = findBackup(volume, name)
                .orElseThrow(() -> StorageException.notFound(
                        "backup", name + " of volume " + volume + " in the backup store at " + description()));
        return BackupChecks.require(configuration, name, backup);
    }

    private Optional<byte[]> configuration(String path, int limit) {
        return found(() -> files.readSurely(path, limit));
    }

    private static <T> Optional<T> found(Supplier<T> read) {
        try {
            return Optional.of(read.get());
        } catch (StorageException e) {
            if (e.code() == ErrorCode.NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    // ---- blocks

    /**
     * The blocks that need not be sent, from one walk over all of the volume: those whose length can be right and that were not found bad.
     *
     * @param unfinished takes note of what it finds besides
     */
    public ChecksumSet storedBlocks(String volume, BlockSize size, BadBlocks bad, UnfinishedWrites unfinished) {
        String folder = StorePaths.blocks(volume);
        ChecksumSet stored = new ChecksumSet();
        Consumer<TargetFile> blocks = file -> {
            if (size.mayBeStoredIn(file.size())) {
                StorePaths.blockChecksum(folder, file.path())
                        .filter(checksum -> !bad.contains(checksum))
                        .ifPresent(stored::add);
            }
        };
        files.walk(folder, blocks, unfinished::add);
        return stored;
    }

    /** Of a volume, none found yet. */
    public UnfinishedWrites unfinishedWrites(String volume) {
        return new UnfinishedWrites(files, volume);
    }

    /** Whether one block need not be sent. For many, {@link #storedBlocks} makes fewer requests. */
    public boolean hasBlock(String volume, Checksum checksum, BlockSize size, BadBlocks bad) {
        return !bad.contains(checksum)
                && files.find(StorePaths.block(volume, checksum))
                        .map(file -> size.mayBeStoredIn(file.size()))
                        .orElse(false);
    }

    /** Stores a block. Writing the same one again is harmless, and repairs a bad one. */
    public void writeBlock(String volume, Checksum checksum, byte[] compressed) {
        writeBlock(volume, checksum, compressed, compressed.length);
    }

    /** Stores the block that the first bytes of an array are. */
    public void writeBlock(String volume, Checksum checksum, byte[] compressed, int length) {
        files.write(StorePaths.block(volume, checksum), compressed, length);
    }

    /**
     * Reads a block into a buffer and checks it.
     *
     * @param decoder the calling worker's
     * @param stored the calling worker's room for what is stored, as {@link #readStoredBlock} needs it
     * @return how many bytes were read from the store
     * @throws StorageException CORRUPT if it is surely missing or wrong, by its checksum; anything else if that is not known
     */
    public int readBlock(
            String volume,
            Checksum checksum,
            Compression hint,
            BlockSize size,
            BlockDecoder decoder,
            byte[] stored,
            byte[] into) {
        int length = readStoredBlock(volume, checksum, stored);
        try {
            decoder.decode(stored, length, checksum, hint, into, size.bytes());
            return length;
        } catch (StorageException e) {
            throw new StorageException(
                    e.code(),
                    "cannot read volume " + volume + " in the backup store at " + description() + ": " + e.getMessage(),
                    e);
        }
    }

    /**
     * Reads what is stored of a block, unchecked.
     *
     * @param into as long as {@link BlockSize#storedLimit} says; after an error it is not to be used again
     * @return how many bytes they are
     * @throws StorageException CORRUPT if it is surely missing, or larger than any block
     */
    public int readStoredBlock(String volume, Checksum checksum, byte[] into) {
        return found(() -> files.read(StorePaths.block(volume, checksum), into))
                .orElseThrow(() -> StorageException.corrupt("block " + checksum + " of volume " + volume
                        + " is missing in the backup store at " + description()));
    }

    // ---- writing a backup

    /**
     * The volume to back up into: as it is there, or made now. Its compression is the one to use, whatever was asked for.
     *
     * @param size of the volume now
     * @throws StorageException INVALID if the blocks do not divide the volume; CORRUPT if its configuration is damaged
     */
    public VolumeConfiguration openVolume(
            String name,
            long size,
            BlockSize blockSize,
            Compression compression,
            String storageClass,
            Map<String, String> labels) {
        if (size <= 0 || !blockSize.divides(size)) {
            throw StorageException.invalid("volume " + name + " of " + size
                    + " bytes cannot be backed up in blocks of " + blockSize.bytes()
                    + " bytes: its size must be a multiple of that; choose smaller blocks or expand the volume");
        }
        Optional<VolumeConfiguration> there = findVolume(name);
        if (there.isPresent()) {
            return there.get();
        }
        VolumeConfiguration first =
                VolumeConfiguration.first(name, size, labels, clock.instant(), compression, storageClass);
        files.write(StorePaths.volumeConfiguration(name), first.bytes());
        faults.reach("backup.volume-written");
        return first;
    }

    /** What a backup of a snapshot can build on. */
    public Base chooseBase(
            VolumeConfiguration volume,
            LocalSnapshot snapshot,
            Collection<LocalSnapshot> local,
            BlockSize blockSize,
            boolean full) {
        if (full) {
            return new Base.None("a full backup was asked for");
        }
        if (volume.lastBackup().isEmpty() || !StoreNames.isValid(volume.lastBackup())) {
            return new Base.None("the store has no last backup of the volume");
        }
        BackupConfiguration last;
        try {
            last = backup(volume.name(), volume.lastBackup()).backup();
        } catch (StorageException e) {
            return switch (e.code()) {
                case NOT_FOUND, NOT_READY, CORRUPT, UNSUPPORTED ->
                    new Base.None("the last backup is of no use: " + e.getMessage());
                default -> throw e;
            };
        }
        if (!last.blockSize().equals(blockSize)) {
            return new Base.None(
                    "the last backup has blocks of " + last.blockSize().bytes() + " bytes");
        }
        if (snapshot.is(last.snapshot(), last.snapshotCreated())) {
            return new Base.Comparable(last, "the last backup was made from the same snapshot");
        }
        return local.stream()
                .filter(candidate -> candidate.is(last.snapshot(), last.snapshotCreated()))
                .findFirst()
                .<Base>map(found -> new Base.Incremental(last, found))
                .orElseGet(() -> new Base.Comparable(
                        last, "snapshot " + last.snapshot() + " of the last backup does not exist here any more"));
    }

    /**
     * Announces a backup, before its first block. Announcing one that was interrupted is success.
     *
     * @throws StorageException EXISTS_DIFFERENT if there is a complete one of that name
     */
    public void begin(String volume, String backup, Compression compression) {
        if (isComplete(volume, backup)) {
            throw StorageException.existsDifferent("backup " + backup + " of volume " + volume
                    + " exists in the backup store already; choose another name or delete it");
        }
        files.write(
                StorePaths.backupConfiguration(volume, backup),
                BackupConfiguration.begun(volume, backup, compression).bytes());
        faults.reach("backup.begun");
    }

    private boolean isComplete(String volume, String backup) {
        return findBackup(volume, backup).map(BackupConfiguration::isComplete).orElse(false);
    }

    /**
     * Ends a backup whose blocks are all stored: its configuration, then volume.cfg naming it as the last one. Repeating it is harmless.
     *
     * @param volumeSize of the volume now; the store's size never shrinks
     * @param newBlocks how many blocks the store did not have before
     * @return what is stored
     */
    public BackupConfiguration complete(
            BackupConfiguration backup, long volumeSize, long newBlocks, String storageClass) {
        BackupConfiguration stored = withLabels(backup);
        files.write(StorePaths.backupConfiguration(stored.volume(), stored.name()), stored.bytes());
        faults.reach("backup.configuration-written");
        VolumeConfiguration volume = volume(stored.volume());
        files.write(
                StorePaths.volumeConfiguration(volume.name()),
                volume.after(stored, volumeSize, newBlocks, storageClass).bytes());
        faults.reach("backup.volume-updated");
        return stored;
    }

    /**
     * Makes up for a {@link #complete} that may have been cut off between its two files: the store's volume is large enough for the backup,
     * and names it as the last one unless a later one is. Does nothing where all is well.
     */
    public void confirm(BackupConfiguration backup, long volumeSize) {
        VolumeConfiguration volume = volume(backup.volume());
        boolean later = volume.lastBackupAt().isPresent()
                && backup.snapshotCreated().isPresent()
                && !toSecond(volume.lastBackupAt().get())
                        .isBefore(toSecond(backup.snapshotCreated().get()));
        boolean named = volume.lastBackup().equals(backup.name()) || later;
        if (named && volume.size() >= volumeSize) {
            return;
        }
        VolumeConfiguration grown = named ? volume.grownTo(volumeSize) : volume.after(backup, volumeSize, 0, "");
        files.write(StorePaths.volumeConfiguration(volume.name()), grown.bytes());
    }

    private static Instant toSecond(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS);
    }

    /** Longhorn's manager stumbles over a backup without any label. */
    private static BackupConfiguration withLabels(BackupConfiguration backup) {
        return backup.labels().isEmpty() ? backup.withLabels(Map.of(ACCESS_MODE, "rwo")) : backup;
    }

    // ---- blocks that were found bad

    /** The blocks of a volume that a verification found bad and no backup has sent again. */
    public BadBlocks badBlocks(String volume) {
        StoreNames.require("volume", volume);
        return configuration(StorePaths.badBlocks(volume), VOLUME_LIMIT * 16)
                .map(json -> BadBlocks.parse(volume, json))
                .orElse(BadBlocks.NONE);
    }

    /** Replaces the register; removes it if nothing is bad. */
    public void recordBadBlocks(String volume, BadBlocks bad) {
        String path = StorePaths.badBlocks(volume);
        if (bad.isEmpty()) {
            files.delete(path);
        } else {
            files.write(path, bad.bytes());
        }
    }

    /** After blocks were sent again: takes them out of the register. Nothing is written if none of them is in it. */
    public void recordRepaired(String volume, Collection<Checksum> sent) {
        BadBlocks bad = badBlocks(volume);
        BadBlocks rest = bad.without(sent);
        if (rest.size() != bad.size()) {
            recordBadBlocks(volume, rest);
        }
    }

    /** Takes a lock of a volume of this store; see {@link StoreLocks#acquire}. */
    public HeldLock lock(StoreLocks locks, String volume, LockType type) {
        return locks.acquire(files, volume, type);
    }

    TargetFiles files() {
        return files;
    }

    String description() {
        return files.description();
    }
}
