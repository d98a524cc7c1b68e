package io.drover.controller.csi;

import io.drover.controller.group.GroupSnapshots;
import io.drover.controller.group.GroupView;
import io.drover.core.error.StorageException;
import io.drover.core.model.GroupId;
import io.drover.core.model.SnapshotId;
import io.drover.core.model.VolumeId;
import io.drover.core.rpc.Unary;
import io.drover.csi.v1.CreateVolumeGroupSnapshotRequest;
import io.drover.csi.v1.CreateVolumeGroupSnapshotResponse;
import io.drover.csi.v1.DeleteVolumeGroupSnapshotRequest;
import io.drover.csi.v1.DeleteVolumeGroupSnapshotResponse;
import io.drover.csi.v1.GetVolumeGroupSnapshotRequest;
import io.drover.csi.v1.GetVolumeGroupSnapshotResponse;
import io.drover.csi.v1.GroupControllerGetCapabilitiesRequest;
import io.drover.csi.v1.GroupControllerGetCapabilitiesResponse;
import io.drover.csi.v1.GroupControllerGrpc;
import io.drover.csi.v1.GroupControllerServiceCapability;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** CSI's GroupController service. A group's id is its name. */
public final class GroupControllerService extends GroupControllerGrpc.GroupControllerImplBase {
    private final GroupSnapshots groups;

    public GroupControllerService(GroupSnapshots groups) {
        this.groups = groups;
    }

    @Override
    public void groupControllerGetCapabilities(
            GroupControllerGetCapabilitiesRequest request,
            StreamObserver<GroupControllerGetCapabilitiesResponse> observer) {
        Unary.handle(
                observer,
                () -> GroupControllerGetCapabilitiesResponse.newBuilder()
                        .addCapabilities(GroupControllerServiceCapability.newBuilder()
                                .setRpc(GroupControllerServiceCapability.RPC
                                        .newBuilder()
                                        .setType(
                                                GroupControllerServiceCapability.RPC
                                                        .Type
                                                        .CREATE_DELETE_GET_VOLUME_GROUP_SNAPSHOT)))
                        .build());
    }

    @Override
    public void createVolumeGroupSnapshot(
            CreateVolumeGroupSnapshotRequest request, StreamObserver<CreateVolumeGroupSnapshotResponse> observer) {
        Unary.change(observer, () -> {
            GroupId id = new GroupId(request.getName());
            List<VolumeId> sources =
                    request.getSourceVolumeIdsList().stream().map(VolumeId::new).toList();
            SnapshotRequests.requireLocal(request.getParametersMap());
            GroupView view = groups.create(id, sources);
            return CreateVolumeGroupSnapshotResponse.newBuilder()
                    .setGroupSnapshot(SnapshotMessages.group(view))
                    .build();
        });
    }

    @Override
    public void deleteVolumeGroupSnapshot(
            DeleteVolumeGroupSnapshotRequest request, StreamObserver<DeleteVolumeGroupSnapshotResponse> observer) {
        Unary.change(observer, () -> {
            find(request.getGroupSnapshotId())
                    .ifPresent(id -> groups.delete(id, members(request.getSnapshotIdsList())));
            return DeleteVolumeGroupSnapshotResponse.getDefaultInstance();
        });
    }

    @Override
    public void getVolumeGroupSnapshot(
            GetVolumeGroupSnapshotRequest request, StreamObserver<GetVolumeGroupSnapshotResponse> observer) {
        Unary.handle(observer, () -> {
            GroupId id = find(request.getGroupSnapshotId())
                    .orElseThrow(() -> StorageException.notFound("group snapshot", request.getGroupSnapshotId()));
            return GetVolumeGroupSnapshotResponse.newBuilder()
                    .setGroupSnapshot(SnapshotMessages.group(groups.get(id, members(request.getSnapshotIdsList()))))
                    .build();
        });
    }

    private static Optional<GroupId> find(String id) {
        if (id.isEmpty()) {
            throw StorageException.invalid("group_snapshot_id is missing; give the id of a group snapshot");
        }
        try {
            return Optional.of(new GroupId(id));
        } catch (StorageException e) {
            return Optional.empty(); // a name that cannot be given is nobody's
        }
    }

    private static Set<SnapshotId> members(List<String> handles) {
        return handles.stream()
                .map(handle -> SnapshotHandles.find(handle)
                        .orElseThrow(() -> StorageException.invalid(
                                "snapshot_ids holds \"" + handle + "\", which is no id of a snapshot here")))
                .collect(Collectors.toSet());
    }
}
