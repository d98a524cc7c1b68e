package io.drover.snapshotter.store;

import io.drover.core.error.ErrorCode;
import io.drover.core.error.StorageException;
import io.drover.core.fault.FaultPoints;
import io.drover.snapshotter.format.BlockDecoder;
import io.drover.snapshotter.format.BlockMap;
import io.drover.snapshotter.format.Checksum;
import io.drover.snapshotter.format.ChecksumSet;
import io.drover.snapshotter.lock.HeldLock;
import io.drover.snapshotter.lock.LockType;
import io.drover.snapshotter.lock.StoreLocks;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/**
 * Reads a backup's blocks, all or a sample, and tells which are bad. Those go into the volume's register, so that the next backup sends them
 * again; those that were in it and are good leave it. A block of which nothing is known, because the target failed, ends the verification.
 */
public final class Verification {
    private final BackupStore store;
    private final StoreLocks locks;
    private final FaultPoints faults;

    public Verification(BackupStore store, StoreLocks locks, FaultPoints faults) {
        this.store = store;
        this.locks = locks;
        this.faults = faults;
    }

    /**
     * Verifies a backup.
     *
     * @param percent of the blocks to read, 1 to 100; at least one is
     * @param random chooses the sample; not used for all
     * @param workers that read at once; each holds one block in memory twice
     * @throws StorageException as {@link BackupStore#backup} if there is nothing to verify
     */
    public VerificationReport verify(
            String volume,
            String name,
            int percent,
            RandomGenerator random,
            int workers,
            VerificationProgress progress) {
        if (percent < 1 || percent > 100 || workers < 1) {
            throw StorageException.invalid("cannot verify backup " + name + ": " + percent + " percent by " + workers
                    + " workers is not possible; give 1 to 100 and at least 1");
        }
        try (HeldLock lock = locks.acquire(store.files(), volume, LockType.USE)) {
            RestorableBackup backup = store.backup(volume, name);
            List<Integer> entries = distinct(backup.backup().blocks());
            List<Integer> sample = sample(entries, percent, random);
            progress.total(
                    Math.multiplyExact((long) sample.size(), backup.blockSize().bytes()));
            Run run = new Run(volume, backup, sample, progress);
            run.work(workers);
            lock.check();
            List<BadBlock> bad = run.bad.stream()
                    .sorted(Comparator.comparingLong(BadBlock::offset))
                    .toList();
            record(volume, backup.backup().blocks(), sample, bad);
            faults.reach("backup-verify.recorded");
            return new VerificationReport(entries.size(), sample.size(), run.readBytes.get(), bad);
        }
    }

    private void record(String volume, BlockMap blocks, List<Integer> sample, List<BadBlock> bad) {
        BadBlocks before = store.badBlocks(volume);
        List<Checksum> good =
                sample.stream().map(blocks::checksum).filter(before::contains).toList();
        if (!bad.isEmpty() || !good.isEmpty()) {
            Map<Checksum, String> problems =
                    bad.stream().collect(Collectors.toMap(BadBlock::checksum, BadBlock::problem));
            store.recordBadBlocks(volume, before.without(good).with(problems));
        }
    }

    /** The first entry of each block. */
    private static List<Integer> distinct(BlockMap blocks) {
        ChecksumSet seen = new ChecksumSet();
        List<Integer> entries = new ArrayList<>();
        for (int i = 0; i < blocks.size(); i++) {
            if (seen.add(blocks.checksum(i))) {
                entries.add(i);
            }
        }
        return entries;
    }

    /** Chosen one after the other, each with the chance that makes the sample exactly as large as it should be. Ascending. */
    private static List<Integer> sample(List<Integer> entries, int percent, RandomGenerator random) {
        int wanted = Math.toIntExact(Math.ceilDiv((long) entries.size() * percent, 100L));
        List<Integer> chosen = new ArrayList<>();
        for (int i = 0; i < entries.size(); i++) {
            int left = entries.size() - i;
            int missing = wanted - chosen.size();
            if (missing == left || (missing > 0 && random.nextInt(left) < missing)) {
                chosen.add(entries.get(i));
            }
        }
        return chosen;
    }

    /** One pass over the sample by several workers. */
    private final class Run {
        private final String volume;
        private final RestorableBackup backup;
        private final List<Integer> sample;
        private final VerificationProgress progress;
        private final AtomicInteger next = new AtomicInteger();
        private final AtomicLong readBytes = new AtomicLong();
        private final Queue<RuntimeException> failures = new ConcurrentLinkedQueue<>();
        private final Queue<BadBlock> bad = new ConcurrentLinkedQueue<>();

        private Run(String volume, RestorableBackup backup, List<Integer> sample, VerificationProgress progress) {
            this.volume = volume;
            this.backup = backup;
            this.sample = sample;
            this.progress = progress;
        }

        private void work(int workers) {
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < Math.min(workers, sample.size()); i++) {
                threads.add(
                        Thread.ofVirtual().name("verify " + volume + " " + i).start(this::worker));
            }
            for (Thread thread : threads) {
                join(thread);
            }
            RuntimeException first = failures.peek();
            if (first != null) {
                throw first;
            }
        }

        private void join(Thread thread) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                next.set(sample.size());
                throw new StorageException(ErrorCode.TIMEOUT, "interrupted while verifying a backup", e);
            }
        }

        private void worker() {
            BlockDecoder decoder = new BlockDecoder();
            byte[] block = new byte[backup.blockSize().bytes()];
            byte[] room = new byte[backup.blockSize().storedLimit()];
            try {
                for (int i = next.getAndIncrement(); i < sample.size(); i = next.getAndIncrement()) {
                    check(sample.get(i), decoder, room, block);
                }
            } catch (RuntimeException e) {
                failures.add(e);
                next.set(sample.size());
            }
        }

        private void check(int entry, BlockDecoder decoder, byte[] room, byte[] block) {
            Checksum checksum = backup.backup().blocks().checksum(entry);
            int stored = 0;
            try {
                stored = store.readBlock(
                        volume, checksum, backup.compression(), backup.blockSize(), decoder, room, block);
            } catch (StorageException e) {
                if (e.code() != ErrorCode.CORRUPT) {
                    throw e;
                }
                bad.add(new BadBlock(backup.backup().blocks().offset(entry), checksum, String.valueOf(e.getMessage())));
            }
            readBytes.addAndGet(stored);
            progress.checked(block.length, stored);
        }
    }
}
