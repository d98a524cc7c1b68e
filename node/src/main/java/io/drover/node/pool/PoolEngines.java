package io.drover.node.pool;

import static io.drover.node.pool.PoolErrors.translated;

import io.drover.core.error.StorageException;
import io.drover.core.sys.Errno;
import io.drover.core.sys.FileSystemStatistics;
import io.drover.core.sys.SystemCallException;
import io.drover.core.sys.SystemCalls;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Finds the engine for a directory. */
public final class PoolEngines {
    private static final String TRIAL_FROM = ".drover-trial-from";
    private static final String TRIAL_TO = ".drover-trial-to";

    private final SystemCalls calls;
    private final List<PoolEngine> engines;

    public PoolEngines(SystemCalls calls) {
        this.calls = calls;
        this.engines = List.of(new BtrfsPool(calls), new XfsPool(calls));
    }

    /** The engine of a name that an identity file has, empty for one that this version does not know. */
    public Optional<PoolEngine> byName(String name) {
        return engines.stream().filter(engine -> engine.name().equals(name)).findFirst();
    }

    /**
     * The engine that fits the file system of a directory, by its type and, on XFS, by a trial in the directory (two small files, removed
     * at the end; what a crash leaves of them goes with the next trial). Empty if there is none: another type, or XFS without reflink.
     * Not to be called twice at once for one directory.
     *
     * @throws StorageException NOT_FOUND, UNAVAILABLE, NO_SPACE if the directory cannot be asked
     */
    public Optional<PoolEngine> recognise(Path directory) {
        FileSystemStatistics statistics =
                translated("look at", directory, () -> calls.fileSystems().statistics(directory));
        if (statistics.type() == FileSystemStatistics.BTRFS) {
            return byName(BtrfsPool.NAME);
        }
        if (statistics.type() == FileSystemStatistics.XFS && canShareExtents(directory)) {
            return byName(XfsPool.NAME);
        }
        return Optional.empty();
    }

    private boolean canShareExtents(Path directory) {
        Path from = directory.resolve(TRIAL_FROM);
        Path to = directory.resolve(TRIAL_TO);
        return translated("try to share extents in", directory, () -> {
            removeTrial(from, to);
            try {
                calls.files().createFile(from, ImagePool.WRITABLE);
                calls.files().resize(from, 4096);
                calls.files().createFile(to, ImagePool.WRITABLE);
                calls.extents().cloneContent(from, to);
                return true;
            } catch (SystemCallException e) {
                if (e.is(Errno.EOPNOTSUPP)) {
                    return false;
                }
                throw e;
            } finally {
                removeTrial(from, to);
            }
        });
    }

    private void removeTrial(Path from, Path to) {
        calls.files().removeFile(from);
        calls.files().removeFile(to);
    }
}
