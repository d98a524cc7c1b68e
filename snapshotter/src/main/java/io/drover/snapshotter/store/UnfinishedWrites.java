package io.drover.snapshotter.store;

import io.drover.core.error.StorageException;
import io.drover.snapshotter.format.StorePaths;
import io.drover.snapshotter.lock.HeldLock;
import io.drover.snapshotter.lock.StoreLocks;
import io.drover.snapshotter.target.TargetFile;
import io.drover.snapshotter.target.TargetFiles;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What writes left that were cut off, as by {@code kill -9}: on targets that are directories, a file beside the one that was to be
 * replaced. Nobody reads such a file, and nobody but its writer needs it; a writer that loses one all the same writes it again. Those of
 * writers that may still be at work are left alone:
 *
 * <ul>
 *   <li>Under {@code LockType.DELETE} nobody else writes. What has not changed since the lock was taken, by the server's clock, is left over.
 *   <li>Under {@code LockType.USE} others may be at work. What has not changed for an hour is left over: no write of one file takes so long.
 *   <li>Of locks, which are written before one has any, ours are known by their names; for others the hour holds.
 * </ul>
 *
 * For one walk over a volume of a store.
 */
public final class UnfinishedWrites {
    private static final Logger log = LoggerFactory.getLogger(UnfinishedWrites.class);
    private static final Duration LONGEST_WRITE = Duration.ofHours(1);

    private final TargetFiles files;
    private final String volume;
    private final List<TargetFile> left = new ArrayList<>();

    UnfinishedWrites(TargetFiles files, String volume) {
        this.files = files;
        this.volume = volume;
    }

    /** Takes note of what a walk finds unfinished. */
    void add(TargetFile file) {
        if (StorePaths.unfinished(volume, file.path()).isPresent()) {
            left.add(file);
        }
    }

    /** Removes what is left over, by who alone may write. */
    void removeAlone(HeldLock lock, StoreLocks locks) {
        remove(lock, file -> unchangedFor(file, lock, isForeignLock(file, locks) ? LONGEST_WRITE : Duration.ZERO));
    }

    /** Removes what is left over, while others may write too. */
    public void removeAmongOthers(HeldLock lock) {
        remove(lock, file -> unchangedFor(file, lock, LONGEST_WRITE));
    }

    private boolean isForeignLock(TargetFile file, StoreLocks locks) {
        String path = StorePaths.unfinished(volume, file.path()).orElseThrow();
        return path.startsWith(StorePaths.locks(volume) + "/")
                && StorePaths.lockName(path.substring(path.lastIndexOf('/') + 1))
                        .filter(name -> locks.isOurs(volume, name))
                        .isEmpty();
    }

    /** Before the lock was taken; both times are the server's. */
    private static boolean unchangedFor(TargetFile file, HeldLock lock, Duration duration) {
        return !file.modified().isAfter(lock.taken().minus(duration));
    }

    /** It costs only room: what cannot be removed is left to the next time. */
    private void remove(HeldLock lock, Predicate<TargetFile> leftOver) {
        for (TargetFile file : left) {
            if (leftOver.test(file)) {
                lock.check();
                removeQuietly(file);
            }
        }
    }

    private void removeQuietly(TargetFile file) {
        try {
            files.delete(file.path());
            log.atInfo()
                    .addKeyValue("volume", volume)
                    .addKeyValue("path", file.path())
                    .log("removed what a write that was cut off had left in a backup store");
        } catch (StorageException e) {
            log.atWarn()
                    .addKeyValue("volume", volume)
                    .addKeyValue("path", file.path())
                    .setCause(e)
                    .log("what a write that was cut off has left in a backup store cannot be removed now");
        }
    }
}
