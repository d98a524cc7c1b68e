package io.drover.controller.host;

import com.google.protobuf.ByteString;
import io.drover.core.error.ErrorCode;
import io.drover.core.error.StorageException;
import io.drover.core.model.ByteRange;
import io.drover.core.model.ByteSize;
import io.drover.core.model.NodeId;
import io.drover.proto.agent.v1.AgentGrpc;
import io.drover.proto.agent.v1.AgentGrpc.AgentBlockingStub;
import io.drover.proto.agent.v1.CompareSnapshotsRequest;
import io.drover.proto.agent.v1.ConfigureNodeRequest;
import io.drover.proto.agent.v1.CreateSnapshotsRequest;
import io.drover.proto.agent.v1.DeleteReplicaRequest;
import io.drover.proto.agent.v1.DeleteSnapshotRequest;
import io.drover.proto.agent.v1.DescribeNodeRequest;
import io.drover.proto.agent.v1.GetReplicaRequest;
import io.drover.proto.agent.v1.ListExtentsRequest;
import io.drover.proto.agent.v1.ListExtentsResponse;
import io.drover.proto.agent.v1.ListReplicasRequest;
import io.drover.proto.agent.v1.RecordVolumeRequest;
import io.drover.proto.agent.v1.ResizeReplicaRequest;
import io.drover.proto.agent.v1.RevertReplicaRequest;
import io.drover.proto.agent.v1.RevertReplicaResponse;
import io.drover.proto.agent.v1.TrimReplicaRequest;
import io.drover.proto.agent.v1.TrimReplicaResponse;
import io.grpc.Channel;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;

/** The agents over gRPC: one channel per node, in the same process for standalone. A caller's earlier deadline holds as well. */
public final class GrpcHosts implements Hosts {
    /** For what reads and for what changes metadata only. */
    private static final Duration SHORT = Duration.ofSeconds(30);
    /** For clones and deletions, whose time can grow with the number of extents. */
    private static final Duration LONG = Duration.ofMinutes(5);

    private final NodeChannels channels;

    /** Takes channels that stay; closing them stays with the caller. */
    public GrpcHosts(Map<NodeId, Channel> channels) {
        this(NodeChannels.fixed(channels));
    }

    /** Follows hosts that come and go. */
    public GrpcHosts(NodeChannels channels) {
        this.channels = channels;
    }

    @Override
    public List<NodeId> nodes() {
        return channels.nodes();
    }

    @Override
    public HostState describe(NodeId node) {
        return AgentMessages.host(
                node, ask(node, SHORT, agent -> agent.describeNode(DescribeNodeRequest.getDefaultInstance())));
    }

    @Override
    public void configure(NodeId node, List<String> disks, Map<String, String> settings) {
        ConfigureNodeRequest request = ConfigureNodeRequest.newBuilder()
                .addAllDisks(disks)
                .putAllSettings(settings)
                .build();
        var _ = ask(node, SHORT, agent -> agent.configureNode(request));
    }

    @Override
    public ReplicaState createReplica(NewReplica wanted) {
        NodeId node = wanted.address().node();
        return AgentMessages.replica(
                node,
                ask(node, LONG, agent -> agent.createReplica(AgentMessages.createReplica(wanted)))
                        .getReplica());
    }

    @Override
    public void deleteReplica(ReplicaAddress replica, boolean withSnapshots) {
        DeleteReplicaRequest request = DeleteReplicaRequest.newBuilder()
                .setReplica(AgentMessages.replicaId(replica))
                .setWithSnapshots(withSnapshots)
                .build();
        var _ = ask(replica.node(), LONG, agent -> agent.deleteReplica(request));
    }

    @Override
    public ReplicaState replica(ReplicaAddress replica) {
        GetReplicaRequest request = GetReplicaRequest.newBuilder()
                .setReplica(AgentMessages.replicaId(replica))
                .build();
        return AgentMessages.replica(
                replica.node(),
                ask(replica.node(), SHORT, agent -> agent.getReplica(request)).getReplica());
    }

    @Override
    public List<ReplicaState> replicas(NodeId node) {
        return ask(node, SHORT, agent -> agent.listReplicas(ListReplicasRequest.getDefaultInstance()))
                .getReplicasList()
                .stream()
                .map(replica -> AgentMessages.replica(node, replica))
                .toList();
    }

    @Override
    public ByteSize resize(ReplicaAddress replica, ByteSize size) {
        ResizeReplicaRequest request = ResizeReplicaRequest.newBuilder()
                .setReplica(AgentMessages.replicaId(replica))
                .setSizeBytes(size.bytes())
                .build();
        return new ByteSize(ask(replica.node(), SHORT, agent -> agent.resizeReplica(request))
                .getSizeBytes());
    }

    @Override
    public void record(ReplicaAddress replica, String record) {
        RecordVolumeRequest request = RecordVolumeRequest.newBuilder()
                .setReplica(AgentMessages.replicaId(replica))
                .setRecord(ByteString.copyFromUtf8(record))
                .build();
        var _ = ask(replica.node(), SHORT, agent -> agent.recordVolume(request));
    }

    @Override
    public List<SnapshotCopy> createSnapshots(NodeId node, List<NewSnapshot> members) {
        CreateSnapshotsRequest request = CreateSnapshotsRequest.newBuilder()
                .addAllMembers(members.stream().map(AgentMessages::member).toList())
                .build();
        List<SnapshotCopy> taken = ask(node, LONG, agent -> agent.createSnapshots(request)).getSnapshotsList().stream()
                .map(AgentMessages::snapshot)
                .toList();
        if (taken.size() != members.size()) {
            throw new StorageException(
                    ErrorCode.BUSY,
                    "node " + node + " reported " + taken.size() + " snapshots where " + members.size()
                            + " were asked for; call again");
        }
        return taken;
    }

    @Override
    public void deleteSnapshot(ReplicaAddress replica, String snapshot) {
        DeleteSnapshotRequest request = DeleteSnapshotRequest.newBuilder()
                .setReplica(AgentMessages.replicaId(replica))
                .setSnapshot(snapshot)
                .build();
        var _ = ask(replica.node(), LONG, agent -> agent.deleteSnapshot(request));
    }

    @Override
    public RevertOutcome revert(String snapshot, NewSnapshot safety) {
        RevertReplicaRequest request = RevertReplicaRequest.newBuilder()
                .setReplica(AgentMessages.replicaId(safety.replica()))
                .setSnapshot(snapshot)
                .setSafetySnapshot(safety.name())
                .setSafetyRecord(ByteString.copyFromUtf8(safety.record()))
                .build();
        RevertReplicaResponse response = ask(safety.replica().node(), LONG, agent -> agent.revertReplica(request));
        return new RevertOutcome(AgentMessages.snapshot(response.getSafety()), new ByteSize(response.getSizeBytes()));
    }

    @Override
    public boolean isSame(ReplicaAddress replica, String snapshot, String base) {
        CompareSnapshotsRequest request = CompareSnapshotsRequest.newBuilder()
                .setReplica(AgentMessages.replicaId(replica))
                .setSnapshot(snapshot)
                .setBaseSnapshot(base)
                .build();
        return ask(replica.node(), LONG, agent -> agent.compareSnapshots(request))
                .getSame();
    }

    @Override
    public Optional<Long> trim(ReplicaAddress replica) {
        TrimReplicaRequest request = TrimReplicaRequest.newBuilder()
                .setReplica(AgentMessages.replicaId(replica))
                .build();
        TrimReplicaResponse response = ask(replica.node(), LONG, agent -> agent.trimReplica(request));
        return response.getMounted() ? Optional.of(response.getBytes()) : Optional.empty();
    }

    @Override
    public void extents(
            ReplicaAddress replica, String snapshot, Optional<String> base, long from, Consumer<ByteRange> receiver) {
        ListExtentsRequest request = ListExtentsRequest.newBuilder()
                .setReplica(AgentMessages.replicaId(replica))
                .setSnapshot(snapshot)
                .setBaseSnapshot(base.orElse(""))
                .setFromBytes(from)
                .build();
        var _ = ask(replica.node(), LONG, agent -> {
            Iterator<ListExtentsResponse> messages = agent.listExtents(request);
            while (messages.hasNext()) {
                messages.next().getRangesList().forEach(range -> receiver.accept(AgentMessages.range(range)));
            }
            return true;
        });
    }

    private <T> T ask(NodeId node, Duration deadline, Function<AgentBlockingStub, T> call) {
        AgentBlockingStub agent = AgentGrpc.newBlockingStub(channels.to(node));
        try {
            return call.apply(agent.withDeadlineAfter(deadline.toMillis(), TimeUnit.MILLISECONDS));
        } catch (StatusRuntimeException e) {
            throw HostErrors.of(node, e);
        }
    }
}
