package io.drover.snapshotter.backup;

import io.drover.core.error.StorageException;
import io.drover.snapshotter.format.BackupConfiguration;
import io.drover.snapshotter.format.BlockMap;
import io.drover.snapshotter.format.VolumeConfiguration;
import io.drover.snapshotter.image.ImageFile;
import io.drover.snapshotter.image.ImageLocation;
import io.drover.snapshotter.lock.HeldLock;
import io.drover.snapshotter.lock.LockType;
import io.drover.snapshotter.store.BackupStore;
import io.drover.snapshotter.store.Base;
import io.drover.snapshotter.store.UnfinishedWrites;
import io.drover.snapshotter.transfer.TransferMonitor;
import io.drover.snapshotter.transfer.TransferTools;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * One backup of a snapshot, from the first byte to the configuration that makes it one:
 *
 * <ol>
 *   <li>lock the volume in the store, and let backups of it that this process makes already end first;
 *   <li>volume.cfg, and what the backup can build on;
 *   <li>announce it;
 *   <li>blocks;
 *   <li>its configuration, then volume.cfg naming it.
 * </ol>
 *
 * Cut off anywhere, the same call continues: what is stored is found again by looking. Nothing of any earlier backup is ever changed.
 */
public final class BackupRun {
    private final BackupStore store;
    private final TransferTools tools;

    public BackupRun(BackupStore store, TransferTools tools) {
        this.store = store;
        this.tools = tools;
    }

    /**
     * Backs up, or finds that it was done.
     *
     * @return what is stored
     * @throws StorageException EXISTS_DIFFERENT if the store has a complete backup of this name of another snapshot; NOT_FOUND if there is
     *     no such snapshot; BUSY while somebody deletes a backup of the volume; INVALID if the blocks do not divide the volume
     */
    public BackupConfiguration run(BackupRequest request, TransferMonitor monitor) {
        ImageLocation image =
                tools.images().snapshot(request.replica(), request.snapshot().name());
        monitor.step("waits for the lock of volume " + request.volume() + " in the store");
        try (HeldLock lock = store.lock(tools.locks(), request.volume(), LockType.USE)) {
            tools.faults().reach("backup.locked");
            monitor.step("waits for other backups of volume " + request.volume());
            // Two at once would send the same blocks twice, and the last one to end would not know of the other.
            try (HeldLock.Turn _ = lock.turn(monitor::checkWanted)) {
                Optional<BackupConfiguration> existing =
                        store.findBackup(request.volume(), request.backup()).filter(BackupConfiguration::isComplete);
                return existing.isPresent()
                        ? confirmed(existing.get(), request, monitor)
                        : made(request, image, lock, monitor);
            }
        }
    }

    private BackupConfiguration confirmed(
            BackupConfiguration existing, BackupRequest request, TransferMonitor monitor) {
        if (!request.snapshot().is(existing.snapshot(), existing.snapshotCreated())) {
            throw StorageException.existsDifferent("cannot back up snapshot "
                    + request.snapshot().name() + " of volume " + request.volume() + " as " + request.backup()
                    + ": the store has a backup of that name, of snapshot " + existing.snapshot() + " taken at "
                    + existing.snapshotCreated().map(Object::toString).orElse("an unknown time")
                    + "; choose another name or delete that one");
        }
        store.confirm(existing, request.volumeSize());
        monitor.step("complete");
        return existing;
    }

    private BackupConfiguration made(
            BackupRequest request, ImageLocation image, HeldLock lock, TransferMonitor monitor) {
        long size = Math.max(request.volumeSize(), image.size());
        VolumeConfiguration volume = store.openVolume(
                request.volume(),
                size,
                request.blockSize(),
                request.compression(),
                request.storageClass(),
                request.labels());
        Base base = store.chooseBase(
                volume, request.snapshot(), request.localSnapshots(), request.blockSize(), request.full());
        monitor.step("finds what to send");
        BlockPlan plan = plan(request, image, base);
        UnfinishedWrites unfinished = store.unfinishedWrites(request.volume());
        KnownBlocks known = known(request, volume, base, plan, unfinished);
        unfinished.removeAmongOthers(lock);
        lock.check();
        store.begin(request.volume(), request.backup(), volume.compression());

        monitor.step("sends blocks");
        StoreSink sink = new StoreSink(store, request.volume(), known, request.full(), lock, tools.faults());
        BlockMap news = send(request, image, volume, plan, sink, monitor);
        tools.faults().reach("backup.blocks-stored");
        monitor.checkWanted();

        monitor.step("completes the backup");
        lock.check();
        store.recordRepaired(request.volume(), sink.repaired());
        BackupConfiguration complete = complete(request, volume, base, news, sink);
        lock.check();
        BackupConfiguration stored = store.complete(complete, size, sink.newBlocks(), request.storageClass());
        tools.faults().reach("backup.completed");
        monitor.step("complete");
        return stored;
    }

    private BlockPlan plan(BackupRequest request, ImageLocation image, Base base) {
        if (!request.blockSize().divides(image.size())) {
            throw StorageException.invalid("snapshot " + request.snapshot().name() + " of volume " + request.volume()
                    + " of " + image.size() + " bytes cannot be backed up in blocks of "
                    + request.blockSize().bytes()
                    + " bytes: its size must be a multiple of that; choose smaller blocks");
        }
        BlockPlan plan = new BlockPlan(image.size(), request.blockSize().bytes());
        String snapshot = request.snapshot().name();
        switch (base) {
            case Base.Incremental(var _, var before) ->
                tools.images().extents(request.replica(), snapshot, Optional.of(before.name()), plan::addChanged);
            // What the last backup has and this one has not is left out of the new map, and so reads as zeros.
            case Base.Comparable _, Base.None _ ->
                tools.images().extents(request.replica(), snapshot, Optional.empty(), plan::addAllocated);
        }
        return plan;
    }

    /** Looks at what the store has, and adds blocks of the base to the plan that it has no more. */
    private KnownBlocks known(
            BackupRequest request, VolumeConfiguration volume, Base base, BlockPlan plan, UnfinishedWrites unfinished) {
        KnownBlocks known = KnownBlocks.of(
                store,
                request.volume(),
                request.blockSize(),
                store.badBlocks(request.volume()),
                volume.blockCount(),
                plan.count(),
                unfinished);
        if (base instanceof Base.Incremental(BackupConfiguration last, var _)) {
            BlockMap blocks = last.blocks();
            for (int i = 0; i < blocks.size(); i++) {
                if (known.isKnownToBeMissing(blocks.checksum(i))) {
                    plan.addBlock(blocks.offset(i));
                }
            }
        }
        return known;
    }

    private BlockMap send(
            BackupRequest request,
            ImageLocation image,
            VolumeConfiguration volume,
            BlockPlan plan,
            StoreSink sink,
            TransferMonitor monitor) {
        try (ImageFile file = ImageFile.forReading(image.path())) {
            return new BlockPipeline(
                            file,
                            request.blockSize().bytes(),
                            volume.compression(),
                            sink,
                            request.limits(),
                            tools.bandwidth(request.limits()),
                            monitor)
                    .run(plan);
        }
    }

    private BackupConfiguration complete(
            BackupRequest request, VolumeConfiguration volume, Base base, BlockMap news, StoreSink sink) {
        BlockMap blocks = base instanceof Base.Incremental(BackupConfiguration last, var _)
                ? last.blocks().mergedWith(news)
                : news;
        return BackupConfiguration.complete(
                request.volume(),
                request.backup(),
                request.snapshot().name(),
                request.snapshot().created().truncatedTo(ChronoUnit.SECONDS),
                tools.clock().instant().truncatedTo(ChronoUnit.SECONDS),
                request.labels(),
                request.full(),
                base instanceof Base.Incremental,
                request.blockSize(),
                volume.compression(),
                sink.newBytes(),
                sink.repeatedBytes(),
                blocks);
    }
}
