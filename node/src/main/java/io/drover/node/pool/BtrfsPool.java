package io.drover.node.pool;

import static io.drover.node.pool.PoolErrors.translated;

import io.drover.core.error.StorageException;
import io.drover.core.model.ByteSize;
import io.drover.core.sys.Errno;
import io.drover.core.sys.FileSystemCalls;
import io.drover.core.sys.SubvolumeCalls;
import io.drover.core.sys.SystemCallException;
import io.drover.core.sys.SystemCalls;
import java.nio.file.Path;

/**
 * Homes as subvolumes of btrfs. A clone is a snapshot of the subvolume: its time does not grow with the image's extents, and it ends
 * with a commit of the file system's transaction, so that it is durable. Images are overwritten in place (no copy-on-write, no
 * checksums) except for the first write after a snapshot.
 */
public final class BtrfsPool extends ImagePool {
    public static final String NAME = "btrfs";

    private final SubvolumeCalls subvolumes;
    private final FileSystemCalls fileSystems;

    public BtrfsPool(SystemCalls calls) {
        super(calls.files(), calls.extents());
        this.subvolumes = calls.subvolumes();
        this.fileSystems = calls.fileSystems();
    }

    @Override
    public String name() {
        return NAME;
    }

    /** A balance, or the removal of a device, does. */
    @Override
    boolean movesData() {
        return true;
    }

    @Override
    public void createHome(Path home, ByteSize size) {
        making("create", home, () -> subvolumes.create(home), () -> {
            files.permissions(home, HOME_PERMISSIONS);
            makeImage(PoolEngine.image(home), size, true);
            // The log that fsync writes does not know new subvolumes: a commit makes them durable.
            fileSystems.sync(parent(home));
        });
    }

    @Override
    public void cloneHome(Path from, Path to, boolean readOnly) {
        requireImage(from);
        if (!subvolumes.isSubvolume(from)) {
            throw StorageException.corrupt("cannot clone " + from
                    + ": it is a directory and no subvolume of btrfs; was it copied here by hand?");
        }
        translated("clone " + from + " to", to, () -> subvolumes.snapshot(from, to, readOnly));
    }

    @Override
    public void deleteHome(Path home) {
        translated("delete", home, () -> {
            try {
                if (subvolumes.isSubvolume(home)) {
                    // No commit is asked for here: to delete a thousand snapshots must not cost a thousand of them.
                    subvolumes.destroy(home);
                } else {
                    PlainHomes.delete(files, home);
                }
            } catch (SystemCallException e) {
                if (!e.is(Errno.ENOENT)) {
                    throw e;
                }
            }
        });
    }
}
