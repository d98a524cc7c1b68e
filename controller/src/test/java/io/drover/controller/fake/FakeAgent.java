package io.drover.controller.fake;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import io.drover.controller.host.DiskState;
import io.drover.controller.host.NewReplica;
import io.drover.controller.host.NewSnapshot;
import io.drover.controller.host.ReplicaAddress;
import io.drover.controller.host.ReplicaState;
import io.drover.controller.host.RevertOutcome;
import io.drover.controller.host.SnapshotCopy;
import io.drover.core.model.ByteSize;
import io.drover.core.model.DiskId;
import io.drover.core.model.NodeId;
import io.drover.core.model.SnapshotId;
import io.drover.core.model.VolumeId;
import io.drover.core.model.VolumeSource;
import io.drover.core.rpc.ServerStream;
import io.drover.core.rpc.Unary;
import io.drover.proto.agent.v1.AgentGrpc;
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
import io.drover.proto.agent.v1.Disk;
import io.drover.proto.agent.v1.GetReplicaRequest;
import io.drover.proto.agent.v1.GetReplicaResponse;
import io.drover.proto.agent.v1.ListExtentsRequest;
import io.drover.proto.agent.v1.ListExtentsResponse;
import io.drover.proto.agent.v1.ListReplicasRequest;
import io.drover.proto.agent.v1.ListReplicasResponse;
import io.drover.proto.agent.v1.RecordVolumeRequest;
import io.drover.proto.agent.v1.RecordVolumeResponse;
import io.drover.proto.agent.v1.Replica;
import io.drover.proto.agent.v1.ReplicaId;
import io.drover.proto.agent.v1.ReplicaSnapshot;
import io.drover.proto.agent.v1.ReplicaUser;
import io.drover.proto.agent.v1.ResizeReplicaRequest;
import io.drover.proto.agent.v1.ResizeReplicaResponse;
import io.drover.proto.agent.v1.RevertReplicaRequest;
import io.drover.proto.agent.v1.RevertReplicaResponse;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.Optional;

/** {@link FakeHosts} as one node's agent on the wire, so that the client is tested against real messages. */
final class FakeAgent extends AgentGrpc.AgentImplBase {
    private final FakeHosts hosts;
    private final NodeId node;

    FakeAgent(FakeHosts hosts, NodeId node) {
        this.hosts = hosts;
        this.node = node;
    }

    @Override
    public void describeNode(DescribeNodeRequest request, StreamObserver<DescribeNodeResponse> observer) {
        Unary.handle(
                observer,
                () -> DescribeNodeResponse.newBuilder()
                        .setNode(node.value())
                        .addAllDisks(hosts.describe(node).disks().stream()
                                .map(FakeAgent::disk)
                                .toList())
                        .build());
    }

    @Override
    public void configureNode(ConfigureNodeRequest request, StreamObserver<ConfigureNodeResponse> observer) {
        Unary.handle(observer, () -> {
            hosts.configure(node, request.getDisksList(), request.getSettingsMap());
            return ConfigureNodeResponse.getDefaultInstance();
        });
    }

    @Override
    public void createReplica(CreateReplicaRequest request, StreamObserver<CreateReplicaResponse> observer) {
        Unary.handle(
                observer,
                () -> CreateReplicaResponse.newBuilder()
                        .setReplica(replica(hosts.createReplica(new NewReplica(
                                address(request.getReplica()),
                                new ByteSize(request.getSizeBytes()),
                                request.getBlockBytes(),
                                source(request),
                                Optional.of(request.getSourceDisk())
                                        .filter(disk -> !disk.isEmpty())
                                        .map(DiskId::new),
                                request.getRecord().toStringUtf8()))))
                        .build());
    }

    private static VolumeSource source(CreateReplicaRequest request) {
        if (request.getSourceVolume().isEmpty()) {
            return new VolumeSource.Blank();
        }
        VolumeId volume = new VolumeId(request.getSourceVolume());
        return request.getSourceSnapshot().isEmpty()
                ? new VolumeSource.FromVolume(volume)
                : new VolumeSource.FromSnapshot(new SnapshotId(volume, request.getSourceSnapshot()));
    }

    @Override
    public void deleteReplica(DeleteReplicaRequest request, StreamObserver<DeleteReplicaResponse> observer) {
        Unary.handle(observer, () -> {
            hosts.deleteReplica(address(request.getReplica()), request.getWithSnapshots());
            return DeleteReplicaResponse.getDefaultInstance();
        });
    }

    @Override
    public void getReplica(GetReplicaRequest request, StreamObserver<GetReplicaResponse> observer) {
        Unary.handle(
                observer,
                () -> GetReplicaResponse.newBuilder()
                        .setReplica(replica(hosts.replica(address(request.getReplica()))))
                        .build());
    }

    @Override
    public void listReplicas(ListReplicasRequest request, StreamObserver<ListReplicasResponse> observer) {
        Unary.handle(
                observer,
                () -> ListReplicasResponse.newBuilder()
                        .addAllReplicas(hosts.replicas(node).stream()
                                .map(FakeAgent::replica)
                                .toList())
                        .build());
    }

    @Override
    public void resizeReplica(ResizeReplicaRequest request, StreamObserver<ResizeReplicaResponse> observer) {
        Unary.handle(
                observer,
                () -> ResizeReplicaResponse.newBuilder()
                        .setSizeBytes(hosts.resize(address(request.getReplica()), new ByteSize(request.getSizeBytes()))
                                .bytes())
                        .build());
    }

    @Override
    public void recordVolume(RecordVolumeRequest request, StreamObserver<RecordVolumeResponse> observer) {
        Unary.handle(observer, () -> {
            hosts.record(address(request.getReplica()), request.getRecord().toStringUtf8());
            return RecordVolumeResponse.getDefaultInstance();
        });
    }

    @Override
    public void createSnapshots(CreateSnapshotsRequest request, StreamObserver<CreateSnapshotsResponse> observer) {
        Unary.handle(observer, () -> {
            List<NewSnapshot> members = request.getMembersList().stream()
                    .map(member -> new NewSnapshot(
                            address(member.getReplica()),
                            member.getSnapshot(),
                            member.getRecord().toStringUtf8()))
                    .toList();
            return CreateSnapshotsResponse.newBuilder()
                    .addAllSnapshots(hosts.createSnapshots(node, members).stream()
                            .map(FakeAgent::snapshot)
                            .toList())
                    .build();
        });
    }

    @Override
    public void deleteSnapshot(DeleteSnapshotRequest request, StreamObserver<DeleteSnapshotResponse> observer) {
        Unary.handle(observer, () -> {
            hosts.deleteSnapshot(address(request.getReplica()), request.getSnapshot());
            return DeleteSnapshotResponse.getDefaultInstance();
        });
    }

    @Override
    public void revertReplica(RevertReplicaRequest request, StreamObserver<RevertReplicaResponse> observer) {
        Unary.handle(observer, () -> {
            RevertOutcome outcome = hosts.revert(
                    request.getSnapshot(),
                    new NewSnapshot(
                            address(request.getReplica()),
                            request.getSafetySnapshot(),
                            request.getSafetyRecord().toStringUtf8()));
            return RevertReplicaResponse.newBuilder()
                    .setSafety(snapshot(outcome.safety()))
                    .setSizeBytes(outcome.size().bytes())
                    .build();
        });
    }

    @Override
    public void listExtents(ListExtentsRequest request, StreamObserver<ListExtentsResponse> observer) {
        ServerStream.handle(
                observer,
                stream -> hosts.extents(
                        address(request.getReplica()),
                        request.getSnapshot(),
                        Optional.of(request.getBaseSnapshot()).filter(base -> !base.isEmpty()),
                        request.getFromBytes(),
                        range -> stream.send(ListExtentsResponse.newBuilder()
                                .addRanges(ListExtentsResponse.Range.newBuilder()
                                        .setOffset(range.offset())
                                        .setLength(range.length())
                                        .setZero(range.zero()))
                                .build())));
    }

    private ReplicaAddress address(ReplicaId id) {
        return new ReplicaAddress(new VolumeId(id.getVolume()), node, new DiskId(id.getDisk()));
    }

    private static Disk disk(DiskState disk) {
        return Disk.newBuilder()
                .setId(disk.id().map(Object::toString).orElse(""))
                .setPath(disk.path())
                .setKind(disk.kind())
                .setEngine(disk.engine())
                .addAllTags(disk.tags())
                .setSchedulable(disk.schedulable())
                .setProblem(disk.problem())
                .setCapacityBytes(disk.capacity().bytes())
                .setAvailableBytes(disk.available().bytes())
                .setProvisionedBytes(disk.provisioned().bytes())
                .setReplicas(disk.replicas())
                .build();
    }

    private static Replica replica(ReplicaState state) {
        return Replica.newBuilder()
                .setId(ReplicaId.newBuilder()
                        .setVolume(state.address().volume().value())
                        .setDisk(state.address().disk().value()))
                .setSizeBytes(state.size().bytes())
                .setAllocatedBytes(state.allocatedBytes().orElse(-1))
                .setDevice(state.device())
                .addAllUsers(state.users().stream()
                        .map(user -> ReplicaUser.newBuilder()
                                .setPath(user.path())
                                .setPod(user.pod())
                                .build())
                        .toList())
                .addAllSnapshots(
                        state.snapshots().stream().map(FakeAgent::snapshot).toList())
                .setProblem(state.problem())
                .setRecord(ByteString.copyFromUtf8(state.record()))
                .build();
    }

    private static ReplicaSnapshot snapshot(SnapshotCopy copy) {
        return ReplicaSnapshot.newBuilder()
                .setName(copy.name())
                .setSizeBytes(copy.size().bytes())
                .setCreated(Timestamp.newBuilder()
                        .setSeconds(copy.createdAt().getEpochSecond())
                        .setNanos(copy.createdAt().getNano()))
                .setExclusiveBytes(copy.exclusiveBytes().orElse(-1))
                .setRecord(ByteString.copyFromUtf8(copy.record()))
                .build();
    }
}
