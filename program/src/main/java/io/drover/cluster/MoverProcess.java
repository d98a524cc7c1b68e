package io.drover.cluster;

import io.drover.core.fault.FaultPoints;
import io.drover.core.file.Directories;
import io.drover.core.file.ProcessLock;
import io.drover.core.rpc.CallInterceptor;
import io.drover.core.rpc.RpcChannel;
import io.drover.core.rpc.RpcServer;
import io.drover.core.sys.LinuxSystemCalls;
import io.drover.core.tls.TlsFolder;
import io.drover.standalone.Floors;
import io.drover.standalone.Housekeeping;
import io.drover.standalone.MoverFloor;
import io.drover.standalone.Version;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The mover of one host: it talks to backup stores, and needs no privilege. Ended in the middle of a transfer, it goes on at the next call. */
final class MoverProcess implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(MoverProcess.class);
    private static final Duration AGENT_DEADLINE = Duration.ofMinutes(10);
    private static final Duration HOUSEKEEPING = Duration.ofMinutes(10);

    private final Floors floors = new Floors();

    private MoverProcess() {}

    /** Opens everything and serves. The agent need not be there yet. */
    static MoverProcess start(MoverConfiguration configuration, FaultPoints faults) {
        MoverProcess mover = new MoverProcess();
        try {
            mover.build(configuration, faults);
            return mover;
        } catch (RuntimeException e) {
            mover.close();
            throw e;
        }
    }

    private void build(MoverConfiguration configuration, FaultPoints faults) {
        Clock clock = Clock.systemUTC();
        TlsFolder tls = TlsFolder.open(configuration.tls(), clock);
        Directories.create(configuration.state());
        floors.add(ProcessLock.acquire(configuration.state()));

        // The agent of this host, and what works with it.
        RpcChannel agent = floors.add(RpcChannel.toUnixSocket(
                configuration.agentSocket(),
                AGENT_DEADLINE,
                "start the agent of this host with `drover node`, and give both the same --agent-socket"));
        MoverFloor mover = floors.add(MoverFloor.open(
                configuration.state(),
                configuration.transfers(),
                agent.channel(),
                LinuxSystemCalls.create().extents(),
                faults,
                clock));

        // The figures, and the controller.
        Figures figures = floors.add(Figures.open(configuration.metrics()));
        CallInterceptor calls = figures.calls();
        int port = floors.add(RpcServer.onTcp(
                        configuration.address(), tls, Peers.CONTROLLER, calls, List.of(mover.service())))
                .port();
        floors.add(Housekeeping.start(
                HOUSEKEEPING,
                () -> {},
                () -> tls.ownProblem().ifPresent(problem -> log.atError().log("{}", problem))));
        figures.ready();
        log.atInfo()
                .addKeyValue("version", Version.TEXT)
                .addKeyValue("node", configuration.node())
                .addKeyValue(
                        "address", new InetSocketAddress(configuration.address().getAddress(), port))
                .addKeyValue("certificateExpires", tls.expires())
                .log("drover mover is ready");
    }

    @Override
    public void close() {
        floors.close();
        log.atInfo().log("drover mover has ended; what it was at goes on with the next one");
    }
}
