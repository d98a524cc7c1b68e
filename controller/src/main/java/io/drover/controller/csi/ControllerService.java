package io.drover.controller.csi;

import com.google.protobuf.Int64Value;
import io.drover.controller.StorageServices;
import io.drover.controller.attachment.PublishContext;
import io.drover.controller.csi.CapabilityRequests.Use;
import io.drover.controller.page.Page;
import io.drover.controller.volume.VolumeDetail;
import io.drover.controller.volume.VolumeQueries.Capacity;
import io.drover.controller.volume.VolumeView;
import io.drover.core.error.StorageException;
import io.drover.core.model.NodeId;
import io.drover.core.model.Settings;
import io.drover.core.model.Volume;
import io.drover.core.model.VolumeId;
import io.drover.core.parameters.ParameterReader;
import io.drover.core.rpc.Unary;
import io.drover.csi.v1.ControllerExpandVolumeRequest;
import io.drover.csi.v1.ControllerExpandVolumeResponse;
import io.drover.csi.v1.ControllerGetCapabilitiesRequest;
import io.drover.csi.v1.ControllerGetCapabilitiesResponse;
import io.drover.csi.v1.ControllerGetVolumeRequest;
import io.drover.csi.v1.ControllerGetVolumeResponse;
import io.drover.csi.v1.ControllerGrpc;
import io.drover.csi.v1.ControllerModifyVolumeRequest;
import io.drover.csi.v1.ControllerModifyVolumeResponse;
import io.drover.csi.v1.ControllerPublishVolumeRequest;
import io.drover.csi.v1.ControllerPublishVolumeResponse;
import io.drover.csi.v1.ControllerServiceCapability;
import io.drover.csi.v1.ControllerServiceCapability.RPC.Type;
import io.drover.csi.v1.ControllerUnpublishVolumeRequest;
import io.drover.csi.v1.ControllerUnpublishVolumeResponse;
import io.drover.csi.v1.CreateSnapshotRequest;
import io.drover.csi.v1.CreateSnapshotResponse;
import io.drover.csi.v1.CreateVolumeRequest;
import io.drover.csi.v1.CreateVolumeResponse;
import io.drover.csi.v1.DeleteSnapshotRequest;
import io.drover.csi.v1.DeleteSnapshotResponse;
import io.drover.csi.v1.DeleteVolumeRequest;
import io.drover.csi.v1.DeleteVolumeResponse;
import io.drover.csi.v1.GetCapacityRequest;
import io.drover.csi.v1.GetCapacityResponse;
import io.drover.csi.v1.GetSnapshotRequest;
import io.drover.csi.v1.GetSnapshotResponse;
import io.drover.csi.v1.ListSnapshotsRequest;
import io.drover.csi.v1.ListSnapshotsResponse;
import io.drover.csi.v1.ListVolumesRequest;
import io.drover.csi.v1.ListVolumesResponse;
import io.drover.csi.v1.Snapshot;
import io.drover.csi.v1.ValidateVolumeCapabilitiesRequest;
import io.drover.csi.v1.ValidateVolumeCapabilitiesResponse;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** CSI's Controller service. Each method is: parse, one service, answer. */
public final class ControllerService extends ControllerGrpc.ControllerImplBase {
    private static final Logger log = LoggerFactory.getLogger(ControllerService.class);

    private static final List<Type> CAPABILITIES = List.of(
            Type.CREATE_DELETE_VOLUME,
            Type.PUBLISH_UNPUBLISH_VOLUME,
            Type.LIST_VOLUMES,
            Type.LIST_VOLUMES_PUBLISHED_NODES,
            Type.GET_CAPACITY,
            Type.CREATE_DELETE_SNAPSHOT,
            Type.LIST_SNAPSHOTS,
            Type.GET_SNAPSHOT,
            Type.CLONE_VOLUME,
            Type.EXPAND_VOLUME,
            Type.GET_VOLUME,
            Type.VOLUME_CONDITION,
            Type.SINGLE_NODE_MULTI_WRITER,
            Type.MODIFY_VOLUME);

    private final StorageServices services;
    private final SnapshotCalls snapshots;
    private final Supplier<Settings> settings;

    public ControllerService(StorageServices services, Supplier<Settings> settings) {
        this.services = services;
        this.snapshots = new SnapshotCalls(services);
        this.settings = settings;
    }

    @Override
    public void controllerGetCapabilities(
            ControllerGetCapabilitiesRequest request, StreamObserver<ControllerGetCapabilitiesResponse> observer) {
        Unary.handle(
                observer,
                () -> ControllerGetCapabilitiesResponse.newBuilder()
                        .addAllCapabilities(CAPABILITIES.stream()
                                .map(type -> ControllerServiceCapability.newBuilder()
                                        .setRpc(ControllerServiceCapability.RPC
                                                .newBuilder()
                                                .setType(type))
                                        .build())
                                .toList())
                        .build());
    }

    @Override
    public void createVolume(CreateVolumeRequest request, StreamObserver<CreateVolumeResponse> observer) {
        Unary.change(observer, () -> {
            Volume volume =
                    services.creation().create(VolumeRequests.create(request, settings.get()), request.getSecretsMap());
            // CSI's answer has no place for it.
            services.jobs()
                    .agenda()
                    .warnings(volume)
                    .forEach(warning ->
                            log.atWarn().addKeyValue("volume", volume.id()).log("{}", warning));
            return CreateVolumeResponse.newBuilder()
                    .setVolume(VolumeMessages.volume(volume))
                    .build();
        });
    }

    @Override
    public void deleteVolume(DeleteVolumeRequest request, StreamObserver<DeleteVolumeResponse> observer) {
        Unary.change(observer, () -> {
            VolumeRequests.find("volume_id", request.getVolumeId()).ifPresent(services.deletion()::delete);
            return DeleteVolumeResponse.getDefaultInstance();
        });
    }

    @Override
    public void controllerPublishVolume(
            ControllerPublishVolumeRequest request, StreamObserver<ControllerPublishVolumeResponse> observer) {
        Unary.change(observer, () -> {
            Volume volume = services.attachments().publish(VolumeRequests.publish(request));
            return ControllerPublishVolumeResponse.newBuilder()
                    .putAllPublishContext(
                            PublishContext.of(volume, volume.attachment().orElseThrow()))
                    .build();
        });
    }

    @Override
    public void controllerUnpublishVolume(
            ControllerUnpublishVolumeRequest request, StreamObserver<ControllerUnpublishVolumeResponse> observer) {
        Unary.change(observer, () -> {
            Optional<VolumeId> volume = VolumeRequests.find("volume_id", request.getVolumeId());
            Optional<NodeId> node = VolumeRequests.findNode(request.getNodeId());
            if (node.isPresent() || request.getNodeId().isEmpty()) { // else nothing is published to such a node
                volume.ifPresent(id -> services.attachments().unpublish(id, node));
            }
            return ControllerUnpublishVolumeResponse.getDefaultInstance();
        });
    }

    @Override
    public void validateVolumeCapabilities(
            ValidateVolumeCapabilitiesRequest request, StreamObserver<ValidateVolumeCapabilitiesResponse> observer) {
        Unary.handle(observer, () -> {
            VolumeId id = new VolumeId(request.getVolumeId());
            if (request.getVolumeCapabilitiesCount() == 0) {
                throw StorageException.invalid("volume_capabilities are missing; give at least one");
            }
            return CapabilityValidation.answer(services.records().visible(id), request, settings.get());
        });
    }

    @Override
    public void listVolumes(ListVolumesRequest request, StreamObserver<ListVolumesResponse> observer) {
        Unary.handle(observer, () -> {
            Page<VolumeView> page = services.queries().list(request.getMaxEntries(), request.getStartingToken());
            return ListVolumesResponse.newBuilder()
                    .addAllEntries(
                            page.items().stream().map(VolumeMessages::entry).toList())
                    .setNextToken(page.nextToken())
                    .build();
        });
    }

    @Override
    public void controllerGetVolume(
            ControllerGetVolumeRequest request, StreamObserver<ControllerGetVolumeResponse> observer) {
        Unary.handle(observer, () -> {
            VolumeDetail detail = services.queries().detail(new VolumeId(request.getVolumeId()));
            return VolumeMessages.single(new VolumeView(detail.volume(), detail.condition()));
        });
    }

    @Override
    public void controllerModifyVolume(
            ControllerModifyVolumeRequest request, StreamObserver<ControllerModifyVolumeResponse> observer) {
        Unary.change(observer, () -> {
            var _ = services.changes()
                    .modify(
                            new VolumeId(request.getVolumeId()),
                            now -> ParameterReader.readMutable(request.getMutableParamsMap(), now, settings.get()));
            return ControllerModifyVolumeResponse.getDefaultInstance();
        });
    }

    @Override
    public void controllerExpandVolume(
            ControllerExpandVolumeRequest request, StreamObserver<ControllerExpandVolumeResponse> observer) {
        Unary.change(observer, () -> {
            VolumeId id = new VolumeId(request.getVolumeId());
            if (!request.hasCapacityRange()) {
                throw StorageException.invalid("capacity_range is missing; say how large volume " + id + " shall be");
            }
            if (request.hasVolumeCapability()) {
                CapabilityValidation.require(services.records().visible(id), request.getVolumeCapability());
            }
            Volume volume = services.changes().expand(id, VolumeRequests.size(request.getCapacityRange()));
            return ControllerExpandVolumeResponse.newBuilder()
                    .setCapacityBytes(volume.size().bytes())
                    .setNodeExpansionRequired(true) // the loop device follows on the node, for block volumes too
                    .build();
        });
    }

    @Override
    public void getCapacity(GetCapacityRequest request, StreamObserver<GetCapacityResponse> observer) {
        Unary.handle(observer, () -> {
            Optional<Use> use = request.getVolumeCapabilitiesCount() == 0
                    ? Optional.empty()
                    : Optional.of(CapabilityRequests.parse(request.getVolumeCapabilitiesList()));
            Set<NodeId> nodes = request.hasAccessibleTopology()
                    ? Set.copyOf(Topologies.nodes(List.of(request.getAccessibleTopology())))
                    : Set.of();
            Capacity capacity = services.queries()
                    .capacity(
                            VolumeRequests.parameters(
                                    request.getParametersMap(), use.flatMap(Use::fsType), settings.get()),
                            use.isPresent() && !use.get().block(),
                            nodes);
            return GetCapacityResponse.newBuilder()
                    .setAvailableCapacity(capacity.available().bytes())
                    .setMaximumVolumeSize(Int64Value.of(capacity.largest().bytes()))
                    .setMinimumVolumeSize(Int64Value.of(capacity.smallest().bytes()))
                    .build();
        });
    }

    @Override
    public void createSnapshot(CreateSnapshotRequest request, StreamObserver<CreateSnapshotResponse> observer) {
        Unary.change(
                observer,
                () -> CreateSnapshotResponse.newBuilder()
                        .setSnapshot(snapshots.create(request))
                        .build());
    }

    @Override
    public void deleteSnapshot(DeleteSnapshotRequest request, StreamObserver<DeleteSnapshotResponse> observer) {
        Unary.change(observer, () -> {
            snapshots.delete(request);
            return DeleteSnapshotResponse.getDefaultInstance();
        });
    }

    @Override
    public void listSnapshots(ListSnapshotsRequest request, StreamObserver<ListSnapshotsResponse> observer) {
        Unary.handle(observer, () -> {
            Page<Snapshot> page = snapshots.list(request);
            return ListSnapshotsResponse.newBuilder()
                    .addAllEntries(page.items().stream()
                            .map(snapshot -> ListSnapshotsResponse.Entry.newBuilder()
                                    .setSnapshot(snapshot)
                                    .build())
                            .toList())
                    .setNextToken(page.nextToken())
                    .build();
        });
    }

    @Override
    public void getSnapshot(GetSnapshotRequest request, StreamObserver<GetSnapshotResponse> observer) {
        Unary.handle(
                observer,
                () -> GetSnapshotResponse.newBuilder()
                        .setSnapshot(snapshots.get(request))
                        .build());
    }
}
