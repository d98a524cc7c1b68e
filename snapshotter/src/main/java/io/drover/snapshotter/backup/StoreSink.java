package io.drover.snapshotter.backup;

import io.drover.core.fault.FaultPoints;
import io.drover.snapshotter.format.Checksum;
import io.drover.snapshotter.lock.HeldLock;
import io.drover.snapshotter.store.BackupStore;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/** The blocks of a volume in a store, for a backup that holds the volume's lock. */
final class StoreSink implements BlockSink {
    private final BackupStore store;
    private final String volume;
    private final KnownBlocks known;
    private final boolean full;
    private final HeldLock lock;
    private final FaultPoints faults;

    private final AtomicLong newBlocks = new AtomicLong();
    private final AtomicLong newBytes = new AtomicLong();
    private final AtomicLong repeatedBytes = new AtomicLong();
    private final Queue<Checksum> repaired = new ConcurrentLinkedQueue<>();

    /**
     * A sink for one backup.
     *
     * @param full whether to send what is there already too
     */
    StoreSink(BackupStore store, String volume, KnownBlocks known, boolean full, HeldLock lock, FaultPoints faults) {
        this.store = store;
        this.volume = volume;
        this.known = known;
        this.full = full;
        this.lock = lock;
        this.faults = faults;
    }

    @Override
    public boolean needs(Checksum checksum) {
        lock.check();
        return full || !known.contains(checksum);
    }

    @Override
    public void store(Checksum checksum, byte[] compressed, int length) {
        lock.check();
        store.writeBlock(volume, checksum, compressed, length);
        faults.reach("backup.block-stored");
        if (full && known.contains(checksum)) {
            repeatedBytes.addAndGet(length);
        } else {
            newBlocks.incrementAndGet();
            newBytes.addAndGet(length);
        }
        if (known.isBad(checksum)) {
            repaired.add(checksum);
        }
    }

    long newBlocks() {
        return newBlocks.get();
    }

    /** Compressed bytes of blocks that the store did not have, or not as they should be. */
    long newBytes() {
        return newBytes.get();
    }

    /** Compressed bytes of blocks that the store had. */
    long repeatedBytes() {
        return repeatedBytes.get();
    }

    /** Blocks that were in the register of bad ones, and were sent again. */
    Queue<Checksum> repaired() {
        return repaired;
    }
}
