package io.drover.node.agent;

import com.google.protobuf.ByteString;
import io.drover.core.model.ByteRange;
import io.drover.core.model.DiskId;
import io.drover.core.model.NodeId;
import io.drover.core.rpc.Timestamps;
import io.drover.node.disk.DiskStatus;
import io.drover.node.replica.Replica;
import io.drover.node.replica.ReplicaId;
import io.drover.node.replica.ReplicaSnapshot;
import io.drover.node.replica.ReplicaUse;
import io.drover.proto.agent.v1.DescribeNodeResponse;
import io.drover.proto.agent.v1.Disk;
import io.drover.proto.agent.v1.ListExtentsResponse;
import io.drover.proto.agent.v1.ReplicaUser;
import java.util.List;

/** Writes values into messages. */
final class AgentMessages {
    private AgentMessages() {}

    static DescribeNodeResponse node(NodeId node, List<DiskStatus> disks) {
        return DescribeNodeResponse.newBuilder()
                .setNode(node.value())
                .addAllDisks(disks.stream().map(AgentMessages::disk).toList())
                .build();
    }

    private static Disk disk(DiskStatus disk) {
        return Disk.newBuilder()
                .setId(disk.id().map(DiskId::value).orElse(""))
                .setPath(disk.configuration().path().toString())
                .setEngine(disk.engine())
                .addAllTags(disk.configuration().tags())
                .setSchedulable(disk.schedulable())
                .setProblem(disk.problem())
                .setCapacityBytes(disk.usage().capacity())
                .setAvailableBytes(disk.usage().available())
                .setProvisionedBytes(disk.usage().provisioned())
                .setKind(disk.kind())
                .setReplicas(disk.replicas())
                .build();
    }

    static io.drover.proto.agent.v1.Replica replica(Replica replica) {
        return io.drover.proto.agent.v1.Replica.newBuilder()
                .setId(id(replica.id()))
                .setSizeBytes(replica.size().bytes())
                .setAllocatedBytes(replica.allocatedBytes())
                .setDevice(replica.use().device().orElse(""))
                .addAllUsers(
                        replica.use().users().stream().map(AgentMessages::user).toList())
                .addAllSnapshots(replica.snapshots().stream()
                        .map(AgentMessages::snapshot)
                        .toList())
                .setProblem(replica.problem())
                .setRecord(ByteString.copyFromUtf8(replica.record()))
                .setBlockBytes(replica.blocks().value())
                .build();
    }

    private static io.drover.proto.agent.v1.ReplicaId id(ReplicaId id) {
        return io.drover.proto.agent.v1.ReplicaId.newBuilder()
                .setVolume(id.volume().value())
                .setDisk(id.disk().value())
                .build();
    }

    private static ReplicaUser user(ReplicaUse.User user) {
        return ReplicaUser.newBuilder().setPath(user.path()).setPod(user.pod()).build();
    }

    static io.drover.proto.agent.v1.ReplicaSnapshot snapshot(ReplicaSnapshot snapshot) {
        return io.drover.proto.agent.v1.ReplicaSnapshot.newBuilder()
                .setName(snapshot.name())
                .setSizeBytes(snapshot.size().bytes())
                .setCreated(Timestamps.of(snapshot.created()))
                .setExclusiveBytes(snapshot.exclusiveBytes())
                .setRecord(ByteString.copyFromUtf8(snapshot.record()))
                .build();
    }

    static ListExtentsResponse.Range range(ByteRange range) {
        return ListExtentsResponse.Range.newBuilder()
                .setOffset(range.offset())
                .setLength(range.length())
                .setZero(range.zero())
                .build();
    }
}
