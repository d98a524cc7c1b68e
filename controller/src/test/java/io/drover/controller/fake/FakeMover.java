package io.drover.controller.fake;

import com.google.protobuf.Timestamp;
import io.drover.controller.mover.BackupOrder;
import io.drover.controller.mover.RestoreOrder;
import io.drover.controller.mover.StoredBackup;
import io.drover.controller.mover.TargetAccess;
import io.drover.core.model.BackupId;
import io.drover.core.model.BackupMode;
import io.drover.core.model.BackupSettings;
import io.drover.core.model.ByteSize;
import io.drover.core.model.DiskId;
import io.drover.core.model.NodeId;
import io.drover.core.model.VolumeId;
import io.drover.core.rpc.Unary;
import io.drover.proto.mover.v1.CancelTransferRequest;
import io.drover.proto.mover.v1.GetStoredBackupRequest;
import io.drover.proto.mover.v1.GetTransferRequest;
import io.drover.proto.mover.v1.Limits;
import io.drover.proto.mover.v1.ListStoredBackupsRequest;
import io.drover.proto.mover.v1.ListStoredBackupsResponse;
import io.drover.proto.mover.v1.ListStoredVolumesRequest;
import io.drover.proto.mover.v1.ListStoredVolumesResponse;
import io.drover.proto.mover.v1.ListTransfersRequest;
import io.drover.proto.mover.v1.ListTransfersResponse;
import io.drover.proto.mover.v1.MoverGrpc;
import io.drover.proto.mover.v1.Snapshot;
import io.drover.proto.mover.v1.StartBackupRequest;
import io.drover.proto.mover.v1.StartDeletionRequest;
import io.drover.proto.mover.v1.StartRestoreRequest;
import io.drover.proto.mover.v1.StartVerificationRequest;
import io.drover.proto.mover.v1.StoredVolume;
import io.drover.proto.mover.v1.Target;
import io.drover.proto.mover.v1.TestTargetRequest;
import io.drover.proto.mover.v1.TestTargetResponse;
import io.drover.proto.mover.v1.Transfer;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** {@link FakeMovers} as one node's mover on the wire, so that the client is tested against real messages. */
final class FakeMover extends MoverGrpc.MoverImplBase {
    private final FakeMovers movers;
    private final NodeId node;

    FakeMover(FakeMovers movers, NodeId node) {
        this.movers = movers;
        this.node = node;
    }

    @Override
    public void startBackup(StartBackupRequest request, StreamObserver<Transfer> observer) {
        Unary.handle(
                observer,
                () -> transfer(movers.startBackup(
                        node,
                        new BackupOrder(
                                target(request.getTarget()),
                                id(request.getVolume(), request.getBackup()),
                                new DiskId(request.getDisk()),
                                snapshot(request.getSnapshot()),
                                new ByteSize(request.getVolumeSizeBytes()),
                                request.getLocalSnapshotsList().stream()
                                        .map(FakeMover::snapshot)
                                        .toList(),
                                request.getLabelsMap(),
                                BackupMode.valueOf(request.getMode().toUpperCase(Locale.ROOT)),
                                settings(request.getLimits(), request.getCompression(), request.getBlockBytes())))));
    }

    @Override
    public void startRestore(StartRestoreRequest request, StreamObserver<Transfer> observer) {
        Unary.handle(
                observer,
                () -> transfer(movers.startRestore(
                        node,
                        new RestoreOrder(
                                target(request.getTarget()),
                                id(request.getVolume(), request.getBackup()),
                                new VolumeId(request.getIntoVolume()),
                                new DiskId(request.getIntoDisk()),
                                new ByteSize(request.getSizeBytes()),
                                settings(request.getLimits(), "lz4", ByteSize.STEP.bytes())))));
    }

    @Override
    public void startDeletion(StartDeletionRequest request, StreamObserver<Transfer> observer) {
        Unary.handle(
                observer,
                () -> transfer(movers.startDeletion(
                        node,
                        target(request.getTarget()),
                        id(request.getVolume(), request.getBackup()),
                        request.getRememberedList())));
    }

    @Override
    public void startVerification(StartVerificationRequest request, StreamObserver<Transfer> observer) {
        Unary.handle(
                observer,
                () -> transfer(movers.startVerification(
                        node,
                        target(request.getTarget()),
                        id(request.getVolume(), request.getBackup()),
                        request.getSamplePercent(),
                        settings(request.getLimits(), "lz4", ByteSize.STEP.bytes()))));
    }

    @Override
    public void getTransfer(GetTransferRequest request, StreamObserver<Transfer> observer) {
        Unary.handle(
                observer,
                () -> transfer(
                        movers.transfer(node, request.getId(), Duration.ofMillis(request.getWaitMilliseconds()))));
    }

    @Override
    public void listTransfers(ListTransfersRequest request, StreamObserver<ListTransfersResponse> observer) {
        Unary.handle(
                observer,
                () -> ListTransfersResponse.newBuilder()
                        .addAllTransfers(movers.transfers(node).stream()
                                .map(FakeMover::transfer)
                                .toList())
                        .build());
    }

    @Override
    public void cancelTransfer(CancelTransferRequest request, StreamObserver<Transfer> observer) {
        Unary.handle(observer, () -> {
            movers.cancel(node, request.getId());
            return transfer(movers.transfer(node, request.getId(), Duration.ZERO));
        });
    }

    @Override
    public void listStoredVolumes(
            ListStoredVolumesRequest request, StreamObserver<ListStoredVolumesResponse> observer) {
        Unary.handle(
                observer,
                () -> ListStoredVolumesResponse.newBuilder()
                        .addAllVolumes(movers.volumes(node, target(request.getTarget())).stream()
                                .map(volume -> StoredVolume.newBuilder()
                                        .setName(volume.name())
                                        .setSizeBytes(volume.size().bytes())
                                        .build())
                                .toList())
                        .build());
    }

    @Override
    public void listStoredBackups(
            ListStoredBackupsRequest request, StreamObserver<ListStoredBackupsResponse> observer) {
        Unary.handle(
                observer,
                () -> ListStoredBackupsResponse.newBuilder()
                        .addAllBackups(movers.backups(node, target(request.getTarget()), request.getVolume()).stream()
                                .map(FakeMover::stored)
                                .toList())
                        .build());
    }

    @Override
    public void getStoredBackup(
            GetStoredBackupRequest request, StreamObserver<io.drover.proto.mover.v1.StoredBackup> observer) {
        Unary.handle(
                observer,
                () -> stored(movers.backup(
                        node, target(request.getTarget()), id(request.getVolume(), request.getBackup()))));
    }

    @Override
    public void testTarget(TestTargetRequest request, StreamObserver<TestTargetResponse> observer) {
        Unary.handle(
                observer,
                () -> TestTargetResponse.newBuilder()
                        .addAllSteps(movers.test(node, target(request.getTarget())).steps().stream()
                                .map(step -> TestTargetResponse.Step.newBuilder()
                                        .setName(step.name())
                                        .setProblem(step.problem())
                                        .setMilliseconds(step.duration().toMillis())
                                        .build())
                                .toList())
                        .build());
    }

    private static TargetAccess target(Target target) {
        return new TargetAccess(target.getUrl(), target.getCredentialsMap());
    }

    private static BackupId id(String volume, String backup) {
        return new BackupId(new VolumeId(volume), backup);
    }

    private static BackupOrder.LocalSnapshot snapshot(Snapshot snapshot) {
        return new BackupOrder.LocalSnapshot(
                snapshot.getName(),
                Instant.ofEpochSecond(
                        snapshot.getCreated().getSeconds(),
                        snapshot.getCreated().getNanos()));
    }

    private static BackupSettings settings(Limits limits, String compression, long blockBytes) {
        return new BackupSettings(
                limits.getCores(),
                limits.getRequests(),
                new ByteSize(limits.getMemoryBytes()),
                new ByteSize(limits.getBytesPerSecond()),
                BackupSettings.DEFAULTS.transfersPerNode(),
                BackupSettings.Compression.valueOf(compression.toUpperCase(Locale.ROOT)),
                new ByteSize(blockBytes));
    }

    private static Transfer transfer(io.drover.controller.mover.Transfer is) {
        Transfer.Builder message = Transfer.newBuilder()
                .setId(is.id())
                .setKind(Transfer.Kind.valueOf(is.kind().name()))
                .setState(Transfer.State.valueOf(is.state().name()))
                .setVolume(is.volume())
                .setBackup(is.backup())
                .setIntoVolume(is.intoVolume())
                .setTotalBytes(is.progress().total())
                .setDoneBytes(is.progress().done())
                .setSentBytes(is.progress().sent())
                .setReadBytes(is.progress().read())
                .setRequests(is.progress().requests())
                .setErrorCode(is.failure().map(Enum::name).orElse(""))
                .setMessage(is.message());
        is.started().ifPresent(at -> message.setStarted(time(at)));
        is.ended().ifPresent(at -> message.setEnded(time(at)));
        is.result().ifPresent(result -> message.setResult(stored(result)));
        return message.build();
    }

    private static io.drover.proto.mover.v1.StoredBackup stored(StoredBackup is) {
        io.drover.proto.mover.v1.StoredBackup.Builder message = io.drover.proto.mover.v1.StoredBackup.newBuilder()
                .setVolume(is.volume())
                .setName(is.name())
                .setSnapshot(is.snapshot())
                .setSizeBytes(is.storedBytes())
                .setVolumeSizeBytes(is.volumeSize().bytes())
                .putAllLabels(is.labels())
                .setIncremental(is.incremental())
                .setCompression(is.compression())
                .setBlockBytes(is.blockBytes())
                .setNewlyUploadedBytes(is.newlyUploadedBytes())
                .setReUploadedBytes(is.reUploadedBytes())
                .setUrl(is.url())
                .setProblem(is.problem());
        is.snapshotCreated().ifPresent(at -> message.setSnapshotCreated(time(at)));
        is.completed().ifPresent(at -> message.setCompleted(time(at)));
        return message.build();
    }

    private static Timestamp time(Instant at) {
        return Timestamp.newBuilder()
                .setSeconds(at.getEpochSecond())
                .setNanos(at.getNano())
                .build();
    }
}
