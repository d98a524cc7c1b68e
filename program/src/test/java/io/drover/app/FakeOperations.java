package io.drover.app;

import io.drover.core.error.StorageException;
import io.drover.core.rpc.Unary;
import io.drover.proto.operations.v1.CreateVolumeRequest;
import io.drover.proto.operations.v1.DeleteVolumeRequest;
import io.drover.proto.operations.v1.DeleteVolumeResponse;
import io.drover.proto.operations.v1.ListVolumesRequest;
import io.drover.proto.operations.v1.ListVolumesResponse;
import io.drover.proto.operations.v1.OperationsGrpc;
import io.drover.proto.operations.v1.VolumeSummary;
import io.grpc.stub.StreamObserver;
import java.util.Map;
import java.util.TreeMap;

/** A Drover that only remembers names and sizes. */
final class FakeOperations extends OperationsGrpc.OperationsImplBase {
    private final Map<String, VolumeSummary> volumes = new TreeMap<>();

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
            return volume;
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
}
