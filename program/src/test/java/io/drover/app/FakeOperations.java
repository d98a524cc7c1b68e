package io.drover.app;

import io.drover.core.error.StorageException;
import io.drover.core.rpc.Unary;
import io.drover.proto.operations.v1.AddTargetRequest;
import io.drover.proto.operations.v1.BackupSummary;
import io.drover.proto.operations.v1.CreateBackupRequest;
import io.drover.proto.operations.v1.CreateVolumeRequest;
import io.drover.proto.operations.v1.DeleteVolumeRequest;
import io.drover.proto.operations.v1.DeleteVolumeResponse;
import io.drover.proto.operations.v1.ListVolumesRequest;
import io.drover.proto.operations.v1.ListVolumesResponse;
import io.drover.proto.operations.v1.OperationsGrpc;
import io.drover.proto.operations.v1.TargetSummary;
import io.drover.proto.operations.v1.TestTargetRequest;
import io.drover.proto.operations.v1.TestTargetResponse;
import io.drover.proto.operations.v1.Transfer;
import io.drover.proto.operations.v1.VerifyBackupRequest;
import io.drover.proto.operations.v1.VolumeSummary;
import io.drover.proto.operations.v1.WatchTransferRequest;
import io.grpc.stub.StreamObserver;
import java.util.Map;
import java.util.TreeMap;

/** A Drover that only remembers names and sizes, and whose backups end when they are watched. */
final class FakeOperations extends OperationsGrpc.OperationsImplBase {
    private final Map<String, VolumeSummary> volumes = new TreeMap<>();
    final FakeBackups backups = new FakeBackups();

    @Override
    public void listVolumes(ListVolumesRequest request, StreamObserver<ListVolumesResponse> observer) {
        Unary.handle(
                observer,
                () -> ListVolumesResponse.newBuilder()
                        .addAllVolumes(volumes.values())
                        .build());
    }

    @Override
    public void createVolume(CreateVolumeRequest request, StreamObserver<VolumeSummary> observer) {
        Unary.handle(observer, () -> {
            if (request.getSizeBytes() > 1L << 40) {
                throw StorageException.noSpace(
                        "cannot create volume " + request.getName() + ": no disk has room; add one");
            }
            VolumeSummary volume = VolumeSummary.newBuilder()
                    .setName(request.getName())
                    .setSizeBytes(request.getSizeBytes())
                    .setState("Ready")
                    .setFileSystem(request.getParametersOrDefault("fsType", "ext4"))
                    .setAllocatedBytes(-1)
                    .setReplicasWanted(1)
                    .setReplicasPresent(1)
                    .build();
            volumes.put(request.getName(), volume);
            return request.containsParameters("recurringJobSelector")
                    ? volume.toBuilder().addWarnings("it names no job").build()
                    : volume;
        });
    }

    @Override
    public void deleteVolume(DeleteVolumeRequest request, StreamObserver<DeleteVolumeResponse> observer) {
        Unary.handle(observer, () -> {
            if (volumes.remove(request.getName()) == null) {
                throw StorageException.notFound("volume", request.getName());
            }
            return DeleteVolumeResponse.getDefaultInstance();
        });
    }

    @Override
    public void addTarget(AddTargetRequest request, StreamObserver<TargetSummary> observer) {
        Unary.handle(observer, () -> {
            backups.add(request);
            return TargetSummary.newBuilder()
                    .setName(request.getName())
                    .addWarnings("AWS_ACCESS_KEY_ID ended in a newline; it was cut off")
                    .build();
        });
    }

    @Override
    public void testTarget(TestTargetRequest request, StreamObserver<TestTargetResponse> observer) {
        Unary.handle(observer, () -> FakeBackups.test(request.getName()));
    }

    @Override
    public void createBackup(CreateBackupRequest request, StreamObserver<BackupSummary> observer) {
        Unary.handle(observer, () -> backups.create(request));
    }

    @Override
    public void verifyBackup(VerifyBackupRequest request, StreamObserver<Transfer> observer) {
        Unary.handle(observer, () -> backups.verify(request.getVolume(), request.getName()));
    }

    @Override
    public void watchTransfer(WatchTransferRequest request, StreamObserver<Transfer> observer) {
        backups.watch(request.getId()).forEach(observer::onNext);
        observer.onCompleted();
    }
}
