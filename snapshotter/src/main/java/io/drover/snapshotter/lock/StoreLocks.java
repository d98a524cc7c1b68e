package io.drover.snapshotter.lock;

import io.drover.core.error.NearestName;
import io.drover.core.error.StorageException;
import io.drover.core.time.Pause;
import io.drover.snapshotter.format.BlockHasher;
import io.drover.snapshotter.format.StoreNames;
import io.drover.snapshotter.format.StorePaths;
import io.drover.snapshotter.target.TargetEntry;
import io.drover.snapshotter.target.TargetFile;
import io.drover.snapshotter.target.TargetFiles;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Takes locks of volumes in stores. One for the whole process: what this process holds already is shared, and a lock file that nobody here
 * holds but that has our name is what a killed process of this host left.
 *
 * <p>Taking one: write the file as not acquired → wait for others to see it → read all locks of the volume → if another one that excludes
 * ours goes before it, remove ours and refuse; else write it as acquired. All times compared are the server's: "now" is when the server
 * saw our own file written.
 */
public final class StoreLocks {
    private static final Duration SETTLE = Duration.ofSeconds(2);
    private static final int LIMIT = 64 << 10;

    private final String host;
    private final Clock clock;
    private final Pause pause;
    private final Map<String, VolumeLock> volumes = new ConcurrentHashMap<>();

    /**
     * The locks of this process.
     *
     * @param host names this host: the same after a restart, and unlike all others that may use the same store. Two processes with one
     *     name would take each other's locks for their own.
     */
    public StoreLocks(String host, Clock clock, Pause pause) {
        this.host = host;
        this.clock = clock;
        this.pause = pause;
    }

    /**
     * Takes the lock of a volume. Takes a little more than two seconds; less if this process holds one of the same type.
     *
     * @param files the target; keep it open until the lock is closed
     * @throws StorageException BUSY if somebody holds a lock that excludes this one
     */
    public HeldLock acquire(TargetFiles files, String volume, LockType type) {
        StoreNames.require("volume", volume);
        VolumeLock lock = volumes.computeIfAbsent(
                files.description() + "\n" + volume, any -> new VolumeLock(volume, clock, pause));
        return lock.hold(type, files, () -> take(files, volume, type));
    }

    private TakenLock take(TargetFiles files, String volume, LockType type) {
        files.delete(StorePaths.lock(volume, name(volume, type.other())));
        String name = name(volume, type);
        String path = StorePaths.lock(volume, name);
        files.write(path, LockFile.bytes(name, type, false));
        try {
            LockFile mine = new LockFile(name, type.number(), false, written(files, path));
            pause.forDuration(SETTLE);
            Optional<LockFile> winner = others(files, volume, name).stream()
                    .filter(other -> type.excludes(other.type()))
                    .filter(other -> other.precedes(mine) && !other.isExpiredAt(mine.written()))
                    .findFirst();
            if (winner.isPresent()) {
                throw StorageException.busy("volume " + volume + " of the backup store at " + files.description()
                        + " is in use by " + description(winner.get()) + " of another host (lock "
                        + winner.get().name()
                        + "); try again when that has ended");
            }
            files.write(path, LockFile.bytes(name, type, true));
            return new TakenLock(path, LockFile.bytes(name, type, true), written(files, path));
        } catch (RuntimeException e) {
            removeQuietly(files, path, e);
            throw e;
        }
    }

    private static void removeQuietly(TargetFiles files, String path, RuntimeException cause) {
        try {
            files.delete(path);
        } catch (StorageException e) {
            cause.addSuppressed(e);
        }
    }

    private static String description(LockFile lock) {
        for (LockType type : LockType.values()) {
            if (type.number() == lock.type()) {
                return type.description();
            }
        }
        return "work of unknown kind " + lock.type();
    }

    private static Instant written(TargetFiles files, String path) {
        return files.find(path)
                .map(TargetFile::modified)
                .orElseThrow(() -> StorageException.busy("the lock " + path + " at " + files.description()
                        + " vanished while it was taken: somebody removed it; try again"));
    }

    /** All locks of the volume but one, those that can be read. */
    private static List<LockFile> others(TargetFiles files, String volume, String mine) {
        List<LockFile> locks = new ArrayList<>();
        for (TargetEntry entry : files.list(StorePaths.locks(volume))) {
            Optional<String> name = StorePaths.lockName(entry.name()).filter(lock -> !lock.equals(mine));
            if (!entry.directory() && name.isPresent()) {
                read(files, volume, name.get()).ifPresent(locks::add);
            }
        }
        return locks;
    }

    private static Optional<LockFile> read(TargetFiles files, String volume, String name) {
        String path = StorePaths.lock(volume, name);
        // The time first: if the owner writes in between, the lock seems older than it is, and so goes before ours,
        // which is the safe side.
        Optional<TargetFile> file = files.find(path);
        if (file.isEmpty()) {
            return Optional.empty();
        }
        try {
            return LockFile.parse(name, files.read(path, LIMIT), file.get().modified());
        } catch (StorageException e) {
            return switch (e.code()) {
                case NOT_FOUND, CORRUPT -> Optional.empty();
                default -> throw e;
            };
        }
    }

    /** Whether a lock of the volume is this process's, or that of an earlier life of it. */
    public boolean isOurs(String volume, String lock) {
        return Arrays.stream(LockType.values())
                .anyMatch(type -> name(volume, type).equals(lock));
    }

    /** The same for the same host, volume and type, so that a restarted process finds its own. */
    private String name(String volume, LockType type) {
        byte[] owner = (host + "\n" + volume + "\n" + type.number()).getBytes(StandardCharsets.UTF_8);
        return "lock-" + new BlockHasher().hash(owner, owner.length).toString().substring(0, 16);
    }

    @Override
    public String toString() {
        return "locks of " + NearestName.shown(host);
    }
}
