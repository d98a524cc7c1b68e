package io.drover.snapshotter.mover;

import io.drover.core.rpc.Unary;
import io.drover.core.sys.ExtentCalls;
import io.drover.proto.mover.v1.CancelTransferRequest;
import io.drover.proto.mover.v1.GetStoredBackupRequest;
import io.drover.proto.mover.v1.GetTransferRequest;
import io.drover.proto.mover.v1.ListStoredBackupsRequest;
import io.drover.proto.mover.v1.ListStoredBackupsResponse;
import io.drover.proto.mover.v1.ListStoredVolumesRequest;
import io.drover.proto.mover.v1.ListStoredVolumesResponse;
import io.drover.proto.mover.v1.ListTransfersRequest;
import io.drover.proto.mover.v1.ListTransfersResponse;
import io.drover.proto.mover.v1.MoverGrpc;
import io.drover.proto.mover.v1.StartBackupRequest;
import io.drover.proto.mover.v1.StartDeletionRequest;
import io.drover.proto.mover.v1.StartRestoreRequest;
import io.drover.proto.mover.v1.StartVerificationRequest;
import io.drover.proto.mover.v1.StoredBackup;
import io.drover.proto.mover.v1.TestTargetRequest;
import io.drover.proto.mover.v1.TestTargetResponse;
import io.drover.proto.mover.v1.Transfer;
import io.drover.snapshotter.store.BackupStore;
import io.drover.snapshotter.target.TargetOpener;
import io.drover.snapshotter.target.TargetProbe;
import io.drover.snapshotter.transfer.TransferTools;
import io.drover.snapshotter.transfer.Transfers;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** The mover's side of {@code drover/mover.proto}. Each call blocks on its own virtual thread. */
public final class MoverService extends MoverGrpc.MoverImplBase {
    private static final int LONGEST_WAIT_MILLIS = 60_000;

    private final Transfers transfers;
    private final StoreWork work;
    private final TargetProbe probe;
    private final MoverRequests requests;

    /**
     * The service of one process.
     *
     * @param extents for seeing what of an image is a hole
     * @param randoms choose the samples of verifications
     * @param memoryPerTransfer more than this is not given to one, whatever is asked for: the heap of this process is shared
     */
    public MoverService(
            Transfers transfers,
            TransferTools tools,
            TargetOpener opener,
            TargetProbe probe,
            ExtentCalls extents,
            Supplier<RandomGenerator> randoms,
            long memoryPerTransfer) {
        this.transfers = transfers;
        this.work = new StoreWork(transfers, tools, opener, extents, randoms);
        this.probe = probe;
        this.requests = new MoverRequests(memoryPerTransfer);
    }

    @Override
    public void startBackup(StartBackupRequest request, StreamObserver<Transfer> observer) {
        Unary.change(
                observer,
                () -> MoverMessages.transfer(
                        work.backUp(MoverRequests.target(request.getTarget()), requests.backup(request))));
    }

    @Override
    public void startRestore(StartRestoreRequest request, StreamObserver<Transfer> observer) {
        Unary.change(
                observer,
                () -> MoverMessages.transfer(
                        work.restore(MoverRequests.target(request.getTarget()), requests.restore(request))));
    }

    @Override
    public void startDeletion(StartDeletionRequest request, StreamObserver<Transfer> observer) {
        Unary.change(
                observer,
                () -> MoverMessages.transfer(work.delete(
                        MoverRequests.target(request.getTarget()),
                        MoverRequests.volume(request.getVolume()),
                        MoverRequests.backupName(request.getBackup()),
                        MoverRequests.remembered(request.getRememberedList()))));
    }

    @Override
    public void startVerification(StartVerificationRequest request, StreamObserver<Transfer> observer) {
        Unary.change(
                observer,
                () -> MoverMessages.transfer(work.verify(
                        MoverRequests.target(request.getTarget()),
                        MoverRequests.volume(request.getVolume()),
                        MoverRequests.backupName(request.getBackup()),
                        MoverRequests.percent(request.getSamplePercent()),
                        requests.limits(request.getLimits()))));
    }

    @Override
    public void getTransfer(GetTransferRequest request, StreamObserver<Transfer> observer) {
        Unary.handle(observer, () -> {
            int wait = Math.clamp(request.getWaitMilliseconds(), 0, LONGEST_WAIT_MILLIS);
            return MoverMessages.transfer(transfers.await(request.getId(), Duration.ofMillis(wait)));
        });
    }

    @Override
    public void listTransfers(ListTransfersRequest request, StreamObserver<ListTransfersResponse> observer) {
        Unary.handle(
                observer,
                () -> ListTransfersResponse.newBuilder()
                        .addAllTransfers(transfers.list().stream()
                                .map(MoverMessages::transfer)
                                .toList())
                        .build());
    }

    @Override
    public void cancelTransfer(CancelTransferRequest request, StreamObserver<Transfer> observer) {
        Unary.handle(observer, () -> MoverMessages.transfer(transfers.cancel(request.getId())));
    }

    @Override
    public void listStoredVolumes(
            ListStoredVolumesRequest request, StreamObserver<ListStoredVolumesResponse> observer) {
        Unary.handle(
                observer,
                () -> ListStoredVolumesResponse.newBuilder()
                        .addAllVolumes(
                                work.ask(MoverRequests.target(request.getTarget()), BackupStore::volumes).stream()
                                        .map(MoverMessages::volume)
                                        .toList())
                        .build());
    }

    @Override
    public void listStoredBackups(
            ListStoredBackupsRequest request, StreamObserver<ListStoredBackupsResponse> observer) {
        Unary.handle(observer, () -> {
            StoreTarget target = MoverRequests.target(request.getTarget());
            String volume = MoverRequests.volume(request.getVolume());
            return ListStoredBackupsResponse.newBuilder()
                    .addAllBackups(work.ask(
                            target,
                            store -> StoreQuestions.backups(
                                    store, target.address().url(), volume)))
                    .build();
        });
    }

    @Override
    public void getStoredBackup(GetStoredBackupRequest request, StreamObserver<StoredBackup> observer) {
        Unary.handle(observer, () -> {
            StoreTarget target = MoverRequests.target(request.getTarget());
            String volume = MoverRequests.volume(request.getVolume());
            String backup = MoverRequests.backupName(request.getBackup());
            return work.ask(
                    target,
                    store -> StoreQuestions.backup(store, target.address().url(), volume, backup));
        });
    }

    @Override
    public void testTarget(TestTargetRequest request, StreamObserver<TestTargetResponse> observer) {
        Unary.handle(observer, () -> {
            StoreTarget target = MoverRequests.target(request.getTarget());
            return MoverMessages.test(
                    probe.test(() -> work.open(target)), target.credentials().warnings());
        });
    }
}
