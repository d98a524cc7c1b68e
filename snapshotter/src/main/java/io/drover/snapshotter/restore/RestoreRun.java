package io.drover.snapshotter.restore;

import io.drover.core.error.StorageException;
import io.drover.core.sys.ExtentCalls;
import io.drover.snapshotter.format.BlockSize;
import io.drover.snapshotter.image.ImageLocation;
import io.drover.snapshotter.lock.HeldLock;
import io.drover.snapshotter.lock.LockType;
import io.drover.snapshotter.store.BackupStore;
import io.drover.snapshotter.store.RestorableBackup;
import io.drover.snapshotter.transfer.Limits;
import io.drover.snapshotter.transfer.TransferMonitor;
import io.drover.snapshotter.transfer.TransferTools;

/**
 * One restore of a backup into a volume's own image. It returns only when the image holds exactly the backup and is durable. Cut off
 * anywhere, the same call continues: blocks that the image has are not fetched again.
 */
public final class RestoreRun {
    private final BackupStore store;
    private final ExtentCalls extents;
    private final TransferTools tools;

    public RestoreRun(BackupStore store, ExtentCalls extents, TransferTools tools) {
        this.store = store;
        this.extents = extents;
        this.tools = tools;
    }

    /**
     * Restores.
     *
     * @throws StorageException NOT_FOUND if there is no such backup or image; NOT_READY if the backup is in progress; OUT_OF_RANGE if the
     *     volume is too small; CORRUPT with the backup's name, the place and the block if one is missing or wrong; BUSY while somebody
     *     deletes a backup of the volume. The image is not to be used then.
     */
    public void run(RestoreRequest request, TransferMonitor monitor) {
        ImageLocation head = tools.images().head(request.into());
        monitor.step("waits for the lock of volume " + request.volume() + " in the store");
        try (HeldLock lock = store.lock(tools.locks(), request.volume(), LockType.USE)) {
            tools.faults().reach("restore.locked");
            RestorableBackup backup = store.backup(request.volume(), request.backup());
            requireRoom(request, backup, head);
            monitor.step("fetches blocks");
            fill(request, backup, head, lock, monitor);
        }
        monitor.step("makes the volume durable");
        tools.images().seal(request.into());
        tools.faults().reach("restore.sealed");
        monitor.step("complete");
    }

    private static void requireRoom(RestoreRequest request, RestorableBackup backup, ImageLocation head) {
        long needed = backup.volume().size();
        if (needed > request.size() || request.size() > head.size()) {
            throw StorageException.outOfRange("cannot restore backup " + request.backup() + " of volume "
                    + request.volume() + " of " + needed + " bytes into " + request.into() + " of "
                    + Math.min(request.size(), head.size()) + " bytes; ask for a volume of at least " + needed
                    + " bytes");
        }
        if (!backup.volume().backingImageName().isEmpty()) {
            throw StorageException.unsupported("cannot restore backup " + request.backup() + " of volume "
                    + request.volume() + ": it holds only what differs from the backing image "
                    + backup.volume().backingImageName() + "; restore it where that image is");
        }
    }

    private void fill(
            RestoreRequest request,
            RestorableBackup backup,
            ImageLocation head,
            HeldLock lock,
            TransferMonitor monitor) {
        Cores cores = new Cores(request.limits().cores());
        BlockSource source = (checksum, into) -> {
            lock.check();
            return store.readStoredBlock(request.volume(), checksum, into);
        };
        BlockFetcher fetcher = new BlockFetcher(
                source, backup.compression(), tools.bandwidth(request.limits()), cores, tools.pause(), monitor);
        try (HeadImage image =
                HeadImage.open(head.path(), extents, backup.blockSize().bytes())) {
            new RestorePipeline(image, backup.backup().blocks(), fetcher, cores, monitor, tools.faults())
                    .run(
                            threads(request.limits(), backup.blockSize()),
                            backup.blockSize().storedLimit());
            tools.faults().reach("restore.blocks-written");
            image.sync();
            tools.faults().reach("restore.synced");
        } catch (StorageException e) {
            throw new StorageException(
                    e.code(),
                    "cannot restore backup " + request.backup() + " of volume " + request.volume() + " into "
                            + request.into() + ": " + e.getMessage(),
                    e);
        }
    }

    /** Each has room for a block, and for what is stored of it. */
    private static int threads(Limits limits, BlockSize size) {
        long each = (long) size.bytes() + size.storedLimit();
        return (int) Math.clamp(limits.memoryBytes() / each, 1, limits.requests());
    }
}
