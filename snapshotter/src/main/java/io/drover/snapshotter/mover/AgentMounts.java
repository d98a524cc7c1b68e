package io.drover.snapshotter.mover;

import io.drover.core.rpc.Unary;
import io.drover.proto.agent.v1.AgentGrpc;
import io.drover.proto.agent.v1.AgentGrpc.AgentBlockingStub;
import io.drover.proto.agent.v1.MountBackupTargetRequest;
import io.drover.snapshotter.target.NfsMounts;
import io.drover.snapshotter.target.TargetAddress;
import io.grpc.Channel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** NFS exports as the agent of this host mounts them. */
public final class AgentMounts implements NfsMounts {
    /** Three versions of NFS, a minute each. */
    private static final Duration DEADLINE = Duration.ofMinutes(4);

    private final AgentBlockingStub agent;

    /** Takes the channel as it is; closing it stays with the caller. */
    public AgentMounts(Channel channel) {
        this.agent = AgentGrpc.newBlockingStub(channel);
    }

    @Override
    public Path claim(TargetAddress.Nfs address) {
        MountBackupTargetRequest request = MountBackupTargetRequest.newBuilder()
                .setHost(address.host())
                .setExport(address.export())
                .setOptions(String.join(",", address.options()))
                .build();
        return Path.of(Unary.call(
                        "mounting failed",
                        () -> agent.withDeadlineAfter(DEADLINE.toMillis(), TimeUnit.MILLISECONDS)
                                .mountBackupTarget(request))
                .getPath());
    }
}
