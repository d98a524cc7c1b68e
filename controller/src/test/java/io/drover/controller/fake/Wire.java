package io.drover.controller.fake;

import io.drover.controller.StorageServices;
import io.drover.controller.backup.BackupServices;
import io.drover.controller.csi.ControllerService;
import io.drover.controller.csi.GroupControllerService;
import io.drover.controller.csi.IdentityService;
import io.drover.controller.csi.SnapshotMetadataService;
import io.drover.controller.host.GrpcHosts;
import io.drover.controller.mover.GrpcMovers;
import io.drover.controller.operations.JobsService;
import io.drover.controller.operations.OperationsService;
import io.drover.controller.operations.ProgramFacts;
import io.drover.controller.operations.SchedulingService;
import io.drover.controller.settings.DriverSettings;
import io.drover.core.credentials.InMemoryCredentialStore;
import io.drover.core.model.ByteSize;
import io.drover.core.model.NodeId;
import io.drover.core.rpc.CallInterceptor;
import io.drover.core.rpc.CallListener;
import io.drover.core.rpc.RpcChannel;
import io.drover.core.rpc.RpcServer;
import io.drover.core.store.InMemoryStore;
import io.drover.core.store.ResourceStore;
import io.drover.csi.v1.ControllerGrpc;
import io.drover.csi.v1.GroupControllerGrpc;
import io.drover.csi.v1.IdentityGrpc;
import io.drover.csi.v1.SnapshotMetadataGrpc;
import io.drover.proto.jobs.v1.JobsGrpc;
import io.drover.proto.jobs.v1.SchedulingGrpc;
import io.drover.proto.operations.v1.OperationsGrpc;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** The controller as its clients see it: gRPC on both sides, all in this process, over a fake host. */
public final class Wire implements AutoCloseable {
    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final Duration DEADLINE = Duration.ofSeconds(30);

    public final TestClock clock = new TestClock();
    public final FakeHosts hosts = new FakeHosts(clock).disk(World.NODE, World.DISK, ByteSize.ofGibi(100));
    public final FakeMovers movers = new FakeMovers(clock, hosts).node(World.NODE);
    public final InMemoryCredentialStore credentials = new InMemoryCredentialStore();
    public final ResourceStore store = new InMemoryStore();
    public final DriverSettings settings = new DriverSettings(store);
    public final StorageServices services;
    private final RpcServer agent;
    private final RpcServer server;
    private final RpcChannel agentChannel;
    private final RpcChannel channel;

    public Wire() {
        int number = NUMBER.incrementAndGet();
        CallInterceptor interceptor = new CallInterceptor(System::nanoTime, CallListener.NONE);
        NodeId node = new NodeId(World.NODE);
        agent = RpcServer.inProcess(
                "agent-" + number, interceptor, List.of(new FakeAgent(hosts, node), new FakeMover(movers, node)));
        agentChannel = RpcChannel.inProcess("agent-" + number, DEADLINE);
        services = StorageServices.of(
                store,
                new GrpcHosts(Map.of(node, agentChannel.channel())),
                new GrpcMovers(Map.of(node, agentChannel.channel())),
                credentials,
                settings,
                Object::toString,
                io.drover.core.fault.FaultPoints.NONE,
                clock,
                new BackupServices.Patience(Duration.ZERO, Duration.ZERO, Duration.ZERO));
        ProgramFacts facts = new ProgramFacts("1.0", World.NODE, Instant.EPOCH, "unix:///csi.sock", "/data", "", 1);
        server = RpcServer.inProcess(
                "controller-" + number,
                interceptor,
                List.of(
                        new IdentityService("drover.io", "1.0", () -> true),
                        new ControllerService(services, settings),
                        new GroupControllerService(services.groups()),
                        new SnapshotMetadataService(services.changedBlocks()),
                        new OperationsService(services, settings, facts, clock),
                        new JobsService(services.jobs()),
                        new SchedulingService(services.jobs())));
        channel = RpcChannel.inProcess("controller-" + number, DEADLINE);
    }

    public IdentityGrpc.IdentityBlockingStub identity() {
        return IdentityGrpc.newBlockingStub(channel.channel());
    }

    public ControllerGrpc.ControllerBlockingStub controller() {
        return ControllerGrpc.newBlockingStub(channel.channel());
    }

    public GroupControllerGrpc.GroupControllerBlockingStub groups() {
        return GroupControllerGrpc.newBlockingStub(channel.channel());
    }

    public SnapshotMetadataGrpc.SnapshotMetadataBlockingStub metadata() {
        return SnapshotMetadataGrpc.newBlockingStub(channel.channel());
    }

    public OperationsGrpc.OperationsBlockingStub operations() {
        return OperationsGrpc.newBlockingStub(channel.channel());
    }

    public JobsGrpc.JobsBlockingStub jobs() {
        return JobsGrpc.newBlockingStub(channel.channel());
    }

    public SchedulingGrpc.SchedulingBlockingStub scheduling() {
        return SchedulingGrpc.newBlockingStub(channel.channel());
    }

    /** A client of the mover. */
    public GrpcMovers grpcMovers() {
        return new GrpcMovers(Map.of(new NodeId(World.NODE), agentChannel.channel()));
    }

    /** The agent stops answering, and the mover beside it. */
    public void stopAgent() {
        agent.close(Duration.ZERO);
    }

    @Override
    public void close() {
        channel.close();
        server.close(Duration.ZERO);
        agentChannel.close();
        agent.close(Duration.ZERO);
    }
}
