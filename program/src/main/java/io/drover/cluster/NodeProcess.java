package io.drover.cluster;

import io.drover.controller.csi.IdentityService;
import io.drover.core.fault.FaultPoints;
import io.drover.core.file.Directories;
import io.drover.core.file.ProcessLock;
import io.drover.core.rpc.CallInterceptor;
import io.drover.core.rpc.RpcServer;
import io.drover.core.tls.TlsFolder;
import io.drover.node.disk.NodeOrders;
import io.drover.standalone.Floors;
import io.drover.standalone.Housekeeping;
import io.drover.standalone.NodeFloor;
import io.drover.standalone.Version;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One host: its agent and its CSI Node service. Ending it touches no volume in use. */
final class NodeProcess implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(NodeProcess.class);
    private static final Duration HOUSEKEEPING = Duration.ofSeconds(30);

    private final Floors floors = new Floors();
    private int agentPort;

    private NodeProcess() {}

    /** Opens everything, floor by floor, and serves. If a part cannot be opened, those below it are closed again. */
    static NodeProcess start(NodeConfiguration configuration, FaultPoints faults) {
        NodeProcess node = new NodeProcess();
        try {
            node.build(configuration, faults);
            return node;
        } catch (RuntimeException e) {
            node.close();
            throw e;
        }
    }

    private void build(NodeConfiguration configuration, FaultPoints faults) {
        Clock clock = Clock.systemUTC();
        TlsFolder tls = TlsFolder.open(configuration.tls(), clock);

        // From here on this is the only agent of the host's data: the one before it may still be ending.
        Directories.create(configuration.data().resolve("node"));
        floors.add(ProcessLock.acquire(configuration.data().resolve("node")));
        NodeOrders orders = NodeFloor.orders(configuration.data(), configuration.disks());
        NodeFloor host = NodeFloor.open(configuration.node(), configuration.data(), orders, orders, faults, clock);

        // The figures, and who asks: kubelet and sidecars, the mover of this host, the controller.
        Figures figures = floors.add(Figures.open(configuration.metrics()));
        CallInterceptor calls = figures.calls();
        floors.add(RpcServer.onUnixSocket(configuration.agentSocket(), calls, List.of(host.agent())));
        RpcServer agent =
                floors.add(RpcServer.onTcp(configuration.agent(), tls, Peers.CONTROLLER, calls, List.of(host.agent())));
        agentPort = agent.port();
        floors.add(RpcServer.onUnixSocket(
                configuration.csiSocket(),
                calls,
                List.of(new IdentityService(configuration.driver(), Version.TEXT, figures::isReady), host.csi())));

        floors.add(Housekeeping.start(HOUSEKEEPING, () -> {}, () -> {
            host.stores().refresh();
            host.backupTargets().removeIdle();
            tls.ownProblem().ifPresent(problem -> log.atError().log("{}", problem));
        }));
        figures.ready();
        log.atInfo()
                .addKeyValue("version", Version.TEXT)
                .addKeyValue("node", configuration.node())
                .addKeyValue(
                        "agent", new InetSocketAddress(configuration.agent().getAddress(), agentPort))
                .addKeyValue("csi", configuration.csiSocket())
                .addKeyValue("certificateExpires", tls.expires())
                .log("drover node is ready");
    }

    /** Where the controller reaches it; the kernel's choice, if 0 was asked for. */
    int agentPort() {
        return agentPort;
    }

    /** Ends calls under way, then everything else. Volumes in use stay in use. */
    @Override
    public void close() {
        floors.close();
        log.atInfo().log("drover node has ended; volumes in use stay in use");
    }
}
