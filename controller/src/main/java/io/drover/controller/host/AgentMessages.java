package io.drover.controller.host;

import com.google.protobuf.ByteString;
import io.drover.core.model.ByteRange;
import io.drover.core.model.ByteSize;
import io.drover.core.model.DiskId;
import io.drover.core.model.NodeId;
import io.drover.core.model.VolumeId;
import io.drover.core.model.VolumeSource;
import io.drover.core.rpc.Timestamps;
import io.drover.proto.agent.v1.CreateReplicaRequest;
import io.drover.proto.agent.v1.CreateSnapshotsRequest;
import io.drover.proto.agent.v1.DescribeNodeResponse;
import io.drover.proto.agent.v1.Disk;
import io.drover.proto.agent.v1.ListExtentsResponse;
import io.drover.proto.agent.v1.Replica;
import io.drover.proto.agent.v1.ReplicaId;
import io.drover.proto.agent.v1.ReplicaSnapshot;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Between the values of this package and the messages of {@code agent.proto}. */
final class AgentMessages {
    private AgentMessages() {}

    static ReplicaId replicaId(ReplicaAddress address) {
        return ReplicaId.newBuilder()
                .setVolume(address.volume().value())
                .setDisk(address.disk().value())
                .build();
    }

    static CreateReplicaRequest createReplica(NewReplica wanted) {
        CreateReplicaRequest.Builder request = CreateReplicaRequest.newBuilder()
                .setReplica(replicaId(wanted.address()))
                .setSizeBytes(wanted.size().bytes())
                .setBlockBytes(wanted.blockBytes())
                .setRecord(ByteString.copyFromUtf8(wanted.record()));
        wanted.sourceDisk().ifPresent(disk -> request.setSourceDisk(disk.value()));
        switch (wanted.source()) {
            case VolumeSource.Blank() -> {}
            case VolumeSource.FromBackup(var _, var _) -> {} // a mover fills it
            case VolumeSource.FromVolume(var volume) -> request.setSourceVolume(volume.value());
            case VolumeSource.FromSnapshot(var snapshot) ->
                request.setSourceVolume(snapshot.volume().value()).setSourceSnapshot(snapshot.name());
        }
        return request.build();
    }

    static CreateSnapshotsRequest.Member member(NewSnapshot snapshot) {
        return CreateSnapshotsRequest.Member.newBuilder()
                .setReplica(replicaId(snapshot.replica()))
                .setSnapshot(snapshot.name())
                .setRecord(ByteString.copyFromUtf8(snapshot.record()))
                .build();
    }

    static HostState host(NodeId node, DescribeNodeResponse response) {
        return new HostState(
                node,
                response.getDisksList().stream().map(disk -> disk(node, disk)).toList());
    }

    private static DiskState disk(NodeId node, Disk disk) {
        return new DiskState(
                node,
                disk.getId().isEmpty() ? Optional.empty() : Optional.of(new DiskId(disk.getId())),
                disk.getPath(),
                disk.getKind(),
                disk.getEngine(),
                Set.copyOf(disk.getTagsList()),
                disk.getSchedulable(),
                disk.getProblem(),
                new ByteSize(disk.getCapacityBytes()),
                new ByteSize(disk.getAvailableBytes()),
                new ByteSize(disk.getProvisionedBytes()),
                disk.getReplicas());
    }

    static ReplicaState replica(NodeId node, Replica replica) {
        return new ReplicaState(
                new ReplicaAddress(
                        new VolumeId(replica.getId().getVolume()),
                        node,
                        new DiskId(replica.getId().getDisk())),
                new ByteSize(replica.getSizeBytes()),
                known(replica.getAllocatedBytes()),
                replica.getDevice(),
                replica.getUsersList().stream()
                        .map(user -> new ReplicaUser(user.getPath(), user.getPod()))
                        .toList(),
                replica.getSnapshotsList().stream().map(AgentMessages::snapshot).toList(),
                replica.getProblem(),
                replica.getRecord().toStringUtf8());
    }

    static SnapshotCopy snapshot(ReplicaSnapshot snapshot) {
        return new SnapshotCopy(
                snapshot.getName(),
                new ByteSize(snapshot.getSizeBytes()),
                Timestamps.instant(snapshot.getCreated()),
                known(snapshot.getExclusiveBytes()),
                snapshot.getRecord().toStringUtf8());
    }

    static ByteRange range(ListExtentsResponse.Range range) {
        return new ByteRange(range.getOffset(), range.getLength(), range.getZero());
    }

    private static OptionalLong known(long bytes) {
        return bytes < 0 ? OptionalLong.empty() : OptionalLong.of(bytes);
    }
}
