package io.drover.snapshotter.mover;

import io.drover.core.sys.ExtentCalls;
import io.drover.snapshotter.backup.BackupRequest;
import io.drover.snapshotter.backup.BackupRun;
import io.drover.snapshotter.format.BackupConfiguration;
import io.drover.snapshotter.image.ImageIdentity;
import io.drover.snapshotter.restore.RestoreRequest;
import io.drover.snapshotter.restore.RestoreRun;
import io.drover.snapshotter.store.BackupDeletion;
import io.drover.snapshotter.store.BackupStore;
import io.drover.snapshotter.store.DeletionReport;
import io.drover.snapshotter.store.Verification;
import io.drover.snapshotter.store.VerificationProgress;
import io.drover.snapshotter.target.TargetFiles;
import io.drover.snapshotter.target.TargetOpener;
import io.drover.snapshotter.transfer.Bandwidth;
import io.drover.snapshotter.transfer.Limits;
import io.drover.snapshotter.transfer.Transfer;
import io.drover.snapshotter.transfer.TransferKey;
import io.drover.snapshotter.transfer.TransferKind;
import io.drover.snapshotter.transfer.TransferMonitor;
import io.drover.snapshotter.transfer.TransferResult;
import io.drover.snapshotter.transfer.TransferTools;
import io.drover.snapshotter.transfer.Transfers;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** Begins transfers that work on a store. Each opens the store when it is its turn, and closes it at the end. */
final class StoreWork {
    private final Transfers transfers;
    private final TransferTools tools;
    private final TargetOpener opener;
    private final ExtentCalls extents;
    private final Supplier<RandomGenerator> randoms;

    /**
     * @param extents for seeing what of an image is a hole
     * @param randoms choose the samples of verifications
     */
    StoreWork(
            Transfers transfers,
            TransferTools tools,
            TargetOpener opener,
            ExtentCalls extents,
            Supplier<RandomGenerator> randoms) {
        this.transfers = transfers;
        this.tools = tools;
        this.opener = opener;
        this.extents = extents;
        this.randoms = randoms;
    }

    Transfer backUp(StoreTarget target, BackupRequest request) {
        TransferKey key = key(TransferKind.BACKUP, target, request.replica().volume(), request.backup(), "");
        // A snapshot of the same name that was taken anew is another backup, which the store then refuses.
        String generation =
                request.snapshot().name() + " " + request.snapshot().created().getEpochSecond();
        return transfers.start(
                key,
                generation,
                monitor -> with(target, monitor, store -> {
                    BackupConfiguration backup = new BackupRun(store, tools).run(request, monitor);
                    return new BackupResult(
                            backup.withoutBlocks(),
                            store.volume(backup.volume()).size());
                }));
    }

    Transfer restore(StoreTarget target, RestoreRequest request) {
        TransferKey key = key(
                TransferKind.RESTORE,
                target,
                request.volume(),
                request.backup(),
                request.into().volume());
        String generation = request.into().disk() + " "
                + ImageIdentity.of(tools.images().head(request.into()).path());
        return transfers.start(
                key,
                generation,
                monitor -> with(target, monitor, store -> {
                    new RestoreRun(store, extents, tools).run(request, monitor);
                    return TransferResult.NOTHING;
                }));
    }

    Transfer delete(StoreTarget target, String volume, String backup, List<String> remembered) {
        TransferKey key = key(TransferKind.DELETION, target, volume, backup, "");
        return transfers.start(
                key,
                "",
                monitor -> with(target, monitor, store -> {
                    monitor.step("deletes the backup and its blocks");
                    DeletionReport report =
                            new BackupDeletion(store, tools.locks(), tools.faults()).delete(volume, backup, remembered);
                    transfers.forget(key(TransferKind.BACKUP, target, volume, backup, "")::equals);
                    monitor.step(report.kept().isEmpty() ? "complete" : report.kept());
                    return TransferResult.NOTHING;
                }));
    }

    Transfer verify(StoreTarget target, String volume, String backup, int percent, Limits limits) {
        TransferKey key = key(TransferKind.VERIFICATION, target, volume, backup, "");
        return transfers.start(
                key,
                "",
                monitor -> with(target, monitor, store -> {
                    monitor.step("reads blocks");
                    int blockBytes = store.backup(volume, backup).blockSize().bytes();
                    int workers = Math.clamp(limits.blocks(blockBytes) / 2, 1, limits.requests());
                    VerificationResult result = new VerificationResult(new Verification(
                                    store, tools.locks(), tools.faults())
                            .verify(volume, backup, percent, randoms.get(), workers, progress(limits, monitor)));
                    monitor.step("complete");
                    return result;
                }));
    }

    private VerificationProgress progress(Limits limits, TransferMonitor monitor) {
        Bandwidth bandwidth = tools.bandwidth(limits);
        return new VerificationProgress() {
            @Override
            public void total(long bytes) {
                monitor.total(bytes);
            }

            @Override
            public void checked(long blockBytes, long storedBytes) {
                monitor.checkWanted();
                monitor.done(blockBytes);
                monitor.sent(storedBytes);
                bandwidth.take(storedBytes, monitor);
            }
        };
    }

    /** Asks a store something, at once. */
    <T> T ask(StoreTarget target, Function<BackupStore, T> question) {
        try (TargetFiles files = opener.open(target.address(), target.credentials())) {
            return question.apply(new BackupStore(files, tools.clock(), tools.faults()));
        }
    }

    TargetFiles open(StoreTarget target) {
        return opener.open(target.address(), target.credentials());
    }

    private TransferResult with(
            StoreTarget target, TransferMonitor monitor, Function<BackupStore, TransferResult> work) {
        try (TargetFiles files = open(target)) {
            monitor.countRequestsBy(files::requests);
            return work.apply(new BackupStore(files, tools.clock(), tools.faults()));
        }
    }

    private static TransferKey key(
            TransferKind kind, StoreTarget target, String volume, String backup, String intoVolume) {
        return new TransferKey(kind, target.address().url(), volume, backup, intoVolume);
    }
}
