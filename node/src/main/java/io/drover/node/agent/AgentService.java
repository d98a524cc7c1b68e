package io.drover.node.agent;

import io.drover.core.model.ByteSize;
import io.drover.core.model.DiskId;
import io.drover.core.model.NodeId;
import io.drover.core.rpc.Unary;
import io.drover.node.backuptarget.BackupTargetMounts;
import io.drover.node.backuptarget.NfsExport;
import io.drover.node.disk.NodeOrders;
import io.drover.node.replica.ImageLocation;
import io.drover.node.replica.NodeConfiguring;
import io.drover.node.replica.ReplicaId;
import io.drover.node.replica.ReplicaStores;
import io.drover.node.replica.Replicas;
import io.drover.node.usage.MountedTrim;
import io.drover.proto.agent.v1.AgentGrpc;
import io.drover.proto.agent.v1.CompareSnapshotsRequest;
import io.drover.proto.agent.v1.CompareSnapshotsResponse;
import io.drover.proto.agent.v1.ConfigureNodeRequest;
import io.drover.proto.agent.v1.ConfigureNodeResponse;
import io.drover.proto.agent.v1.CreateReplicaRequest;
import io.drover.proto.agent.v1.CreateReplicaResponse;
import io.drover.proto.agent.v1.CreateSnapshotsRequest;
import io.drover.proto.agent.v1.CreateSnapshotsResponse;
import io.drover.proto.agent.v1.DeleteReplicaRequest;
import io.drover.proto.agent.v1.DeleteReplicaResponse;
import io.drover.proto.agent.v1.DeleteSnapshotRequest;
import io.drover.proto.agent.v1.DeleteSnapshotResponse;
import io.drover.proto.agent.v1.DescribeNodeRequest;
import io.drover.proto.agent.v1.DescribeNodeResponse;
import io.drover.proto.agent.v1.GetReplicaRequest;
import io.drover.proto.agent.v1.GetReplicaResponse;
import io.drover.proto.agent.v1.ListExtentsRequest;
import io.drover.proto.agent.v1.ListExtentsResponse;
import io.drover.proto.agent.v1.ListReplicasRequest;
import io.drover.proto.agent.v1.ListReplicasResponse;
import io.drover.proto.agent.v1.LocateImageRequest;
import io.drover.proto.agent.v1.LocateImageResponse;
import io.drover.proto.agent.v1.MountBackupTargetRequest;
import io.drover.proto.agent.v1.MountBackupTargetResponse;
import io.drover.proto.agent.v1.RecordVolumeRequest;
import io.drover.proto.agent.v1.RecordVolumeResponse;
import io.drover.proto.agent.v1.ResizeReplicaRequest;
import io.drover.proto.agent.v1.ResizeReplicaResponse;
import io.drover.proto.agent.v1.RevertReplicaRequest;
import io.drover.proto.agent.v1.RevertReplicaResponse;
import io.drover.proto.agent.v1.SealReplicaRequest;
import io.drover.proto.agent.v1.SealReplicaResponse;
import io.drover.proto.agent.v1.TrimReplicaRequest;
import io.drover.proto.agent.v1.TrimReplicaResponse;
import io.grpc.stub.StreamObserver;
import java.util.Optional;
import java.util.OptionalLong;

/** The host's side of {@code drover/agent.proto}. Each call blocks on its own virtual thread. */
public final class AgentService extends AgentGrpc.AgentImplBase {
    private final NodeId node;
    private final NodeConfiguring configuring;
    private final ReplicaStores stores;
    private final Replicas replicas;
    private final BackupTargetMounts backupTargets;
    private final MountedTrim trims;

    public AgentService(
            NodeId node,
            NodeOrders orders,
            ReplicaStores stores,
            Replicas replicas,
            BackupTargetMounts backupTargets,
            MountedTrim trims) {
        this.node = node;
        this.configuring = new NodeConfiguring(orders, stores);
        this.stores = stores;
        this.replicas = replicas;
        this.backupTargets = backupTargets;
        this.trims = trims;
    }

    @Override
    public void describeNode(DescribeNodeRequest request, StreamObserver<DescribeNodeResponse> observer) {
        Unary.handle(observer, () -> AgentMessages.node(node, stores.describe()));
    }

    @Override
    public void configureNode(ConfigureNodeRequest request, StreamObserver<ConfigureNodeResponse> observer) {
        Unary.change(observer, () -> {
            configuring.configure(request.getDisksList(), request.getSettingsMap());
            return ConfigureNodeResponse.getDefaultInstance();
        });
    }

    @Override
    public void createReplica(CreateReplicaRequest request, StreamObserver<CreateReplicaResponse> observer) {
        Unary.change(
                observer,
                () -> CreateReplicaResponse.newBuilder()
                        .setReplica(AgentMessages.replica(replicas.create(AgentRequests.newReplica(request))))
                        .build());
    }

    @Override
    public void deleteReplica(DeleteReplicaRequest request, StreamObserver<DeleteReplicaResponse> observer) {
        Unary.change(observer, () -> {
            replicas.delete(AgentRequests.id(request.getReplica()), request.getWithSnapshots());
            return DeleteReplicaResponse.getDefaultInstance();
        });
    }

    @Override
    public void getReplica(GetReplicaRequest request, StreamObserver<GetReplicaResponse> observer) {
        Unary.handle(
                observer,
                () -> GetReplicaResponse.newBuilder()
                        .setReplica(AgentMessages.replica(replicas.get(AgentRequests.id(request.getReplica()))))
                        .build());
    }

    @Override
    public void listReplicas(ListReplicasRequest request, StreamObserver<ListReplicasResponse> observer) {
        Unary.handle(observer, () -> {
            Optional<DiskId> disk = AgentRequests.optional(request.getDisk()).map(DiskId::new);
            return ListReplicasResponse.newBuilder()
                    .addAllReplicas(replicas.list(disk).stream()
                            .map(AgentMessages::replica)
                            .toList())
                    .build();
        });
    }

    @Override
    public void resizeReplica(ResizeReplicaRequest request, StreamObserver<ResizeReplicaResponse> observer) {
        Unary.change(observer, () -> {
            ReplicaId id = AgentRequests.id(request.getReplica());
            ByteSize size = replicas.resize(id, new ByteSize(request.getSizeBytes()));
            return ResizeReplicaResponse.newBuilder().setSizeBytes(size.bytes()).build();
        });
    }

    @Override
    public void recordVolume(RecordVolumeRequest request, StreamObserver<RecordVolumeResponse> observer) {
        Unary.change(observer, () -> {
            replicas.record(AgentRequests.id(request.getReplica()), AgentRequests.text("record", request.getRecord()));
            return RecordVolumeResponse.getDefaultInstance();
        });
    }

    @Override
    public void createSnapshots(CreateSnapshotsRequest request, StreamObserver<CreateSnapshotsResponse> observer) {
        Unary.change(
                observer,
                () -> CreateSnapshotsResponse.newBuilder()
                        .addAllSnapshots(replicas.createSnapshots(AgentRequests.members(request)).stream()
                                .map(AgentMessages::snapshot)
                                .toList())
                        .build());
    }

    @Override
    public void deleteSnapshot(DeleteSnapshotRequest request, StreamObserver<DeleteSnapshotResponse> observer) {
        Unary.change(observer, () -> {
            replicas.deleteSnapshot(AgentRequests.id(request.getReplica()), request.getSnapshot());
            return DeleteSnapshotResponse.getDefaultInstance();
        });
    }

    @Override
    public void revertReplica(RevertReplicaRequest request, StreamObserver<RevertReplicaResponse> observer) {
        Unary.change(observer, () -> {
            var outcome = replicas.revert(request.getSnapshot(), AgentRequests.safety(request));
            return RevertReplicaResponse.newBuilder()
                    .setSafety(AgentMessages.snapshot(outcome.safety()))
                    .setSizeBytes(outcome.size().bytes())
                    .build();
        });
    }

    @Override
    public void listExtents(ListExtentsRequest request, StreamObserver<ListExtentsResponse> observer) {
        ExtentStream.send(replicas, request, observer);
    }

    @Override
    public void compareSnapshots(CompareSnapshotsRequest request, StreamObserver<CompareSnapshotsResponse> observer) {
        Unary.handle(
                observer,
                () -> CompareSnapshotsResponse.newBuilder()
                        .setSame(replicas.isSame(
                                AgentRequests.id(request.getReplica()),
                                request.getSnapshot(),
                                request.getBaseSnapshot()))
                        .build());
    }

    @Override
    public void trimReplica(TrimReplicaRequest request, StreamObserver<TrimReplicaResponse> observer) {
        Unary.change(observer, () -> {
            OptionalLong bytes = trims.trim(AgentRequests.id(request.getReplica()));
            return TrimReplicaResponse.newBuilder()
                    .setMounted(bytes.isPresent())
                    .setBytes(bytes.orElse(0))
                    .build();
        });
    }

    @Override
    public void locateImage(LocateImageRequest request, StreamObserver<LocateImageResponse> observer) {
        Unary.handle(observer, () -> {
            ImageLocation image = replicas.locate(
                    AgentRequests.id(request.getReplica()), AgentRequests.optional(request.getSnapshot()));
            return LocateImageResponse.newBuilder()
                    .setPath(image.path().toString())
                    .setSizeBytes(image.size().bytes())
                    .build();
        });
    }

    @Override
    public void sealReplica(SealReplicaRequest request, StreamObserver<SealReplicaResponse> observer) {
        Unary.change(observer, () -> {
            replicas.seal(AgentRequests.id(request.getReplica()));
            return SealReplicaResponse.getDefaultInstance();
        });
    }

    @Override
    public void mountBackupTarget(
            MountBackupTargetRequest request, StreamObserver<MountBackupTargetResponse> observer) {
        Unary.change(observer, () -> {
            NfsExport export = NfsExport.of(request.getHost(), request.getExport(), request.getOptions());
            return MountBackupTargetResponse.newBuilder()
                    .setPath(backupTargets.claim(export).toString())
                    .build();
        });
    }
}
