package io.drover.standalone;

import io.drover.controller.csi.IdentityService;
import io.drover.controller.debris.InterruptedWork;
import io.drover.controller.host.GrpcHosts;
import io.drover.controller.metrics.CallMetrics;
import io.drover.controller.mover.GrpcMovers;
import io.drover.controller.operations.ProgramFacts;
import io.drover.controller.operations.SchedulingService;
import io.drover.controller.settings.DriverSettings;
import io.drover.core.credentials.DirectoryCredentialStore;
import io.drover.core.fault.FaultPoints;
import io.drover.core.file.Directories;
import io.drover.core.rpc.CallInterceptor;
import io.drover.core.rpc.RpcChannel;
import io.drover.core.rpc.RpcServer;
import io.drover.core.store.DirectoryStore;
import io.drover.node.disk.NodeOrders;
import io.grpc.BindableService;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The whole of Drover in this process. */
public final class Standalone implements AutoCloseable {
    /** The name by which CSI clients, StorageClasses among them, know this driver. */
    public static final String DRIVER = "drover.io";

    private static final Logger log = LoggerFactory.getLogger(Standalone.class);
    private static final Duration AGENT_DEADLINE = Duration.ofMinutes(10);
    private static final Duration HOUSEKEEPING = Duration.ofSeconds(30);
    private static final Duration DEBRIS = Duration.ofMinutes(2);

    private final Floors floors;

    private Standalone(Floors floors) {
        this.floors = floors;
    }

    /** Opens everything, floor by floor, and serves. If a part cannot be opened, those below it are closed again. */
    static Standalone start(StandaloneConfiguration configuration, FaultPoints faults) {
        Floors floors = new Floors();
        try {
            build(floors, configuration, faults);
            return new Standalone(floors);
        } catch (RuntimeException e) {
            floors.close();
            throw e;
        }
    }

    private static void build(Floors floors, StandaloneConfiguration configuration, FaultPoints faults) {
        Clock clock = Clock.systemUTC();
        Path data = configuration.dataDirectory();
        Directories.create(data);

        // The records. Opening them locks the folder: from here on this is the only process.
        DirectoryStore store = floors.add(DirectoryStore.open(data.resolve("resources")));
        DriverSettings settings = new DriverSettings(store);

        // The host, and the agent that the controller reaches it by.
        NodeOrders orders = NodeFloor.orders(data, configuration.disks());
        NodeFloor node = NodeFloor.open(configuration.node(), data, orders, settings, faults, clock);
        PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        floors.add(metrics::close);
        CallInterceptor calls = new CallInterceptor(System::nanoTime, new CallMetrics(metrics));
        String agent = "agent/" + configuration.node();
        floors.add(RpcServer.inProcess(agent, calls, List.of(node.agent())));
        RpcChannel channel = floors.add(RpcChannel.inProcess(agent, AGENT_DEADLINE));

        // The mover, and the channel that the controller reaches it by.
        MoverFloor mover = floors.add(MoverFloor.open(
                data.resolve("mover"),
                settings.get().backups().transfersPerNode(),
                channel.channel(),
                node.extents(),
                faults,
                clock));
        String moverName = "mover/" + configuration.node();
        floors.add(RpcServer.inProcess(moverName, calls, List.of(mover.service())));
        RpcChannel moverChannel = floors.add(RpcChannel.inProcess(moverName, AGENT_DEADLINE));

        // The controller.
        AtomicBoolean ready = new AtomicBoolean();
        ControllerFloor controller = ControllerFloor.open(
                new ControllerFloor.Ports(
                        store,
                        new GrpcHosts(Map.of(configuration.node(), channel.channel())),
                        new GrpcMovers(Map.of(configuration.node(), moverChannel.channel())),
                        new DirectoryCredentialStore(data.resolve("credentials"))),
                metrics,
                faults,
                clock);

        // What is served: figures, CSI, the command line.
        String metricsAddress = "";
        if (configuration.metricsPort() > 0) {
            ControllerFloor.processFigures(metrics);
            metricsAddress = floors.add(MetricsServer.start(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), configuration.metricsPort()),
                            controller.scrape(),
                            ready::get,
                            ready::get))
                    .address();
        }
        List<BindableService> csi = new ArrayList<>(controller.csi());
        csi.add(new IdentityService(DRIVER, Version.TEXT, ready::get));
        csi.add(node.csi());
        floors.add(RpcServer.onUnixSocket(configuration.csiSocket(), calls, csi));
        ProgramFacts facts = new ProgramFacts(
                Version.TEXT,
                configuration.node().toString(),
                clock.instant(),
                configuration.csiEndpoint(),
                data.toString(),
                metricsAddress,
                ProcessHandle.current().pid());
        floors.add(
                RpcServer.onUnixSocket(configuration.operationsSocket(), calls, controller.operations(facts, clock)));

        // Beside the service: what has nobody who calls for it.
        InterruptedWork interrupted = controller.services().interruptedWork();
        floors.add(Housekeeping.start(DEBRIS, interrupted::finish, interrupted::finish));
        floors.add(Housekeeping.start(HOUSEKEEPING, () -> {}, () -> {
            node.stores().refresh();
            node.backupTargets().removeIdle();
            var _ = interrupted.continueBackups();
        }));

        // The scheduler, which knows no more than the operations socket offers.
        String jobsName = "jobs/" + configuration.node();
        floors.add(RpcServer.inProcess(
                jobsName,
                calls,
                List.of(new SchedulingService(controller.services().jobs()))));
        RpcChannel jobs = floors.add(RpcChannel.inProcess(jobsName, AGENT_DEADLINE));
        floors.add(SchedulerFloor.start(jobs.channel(), configuration.schedule(), clock));

        ready.set(true);
        log.atInfo()
                .addKeyValue("version", Version.TEXT)
                .addKeyValue("node", configuration.node())
                .addKeyValue("csi", configuration.csiEndpoint())
                .addKeyValue("metrics", metricsAddress.isEmpty() ? "off" : metricsAddress)
                .addKeyValue("data", data)
                .log("drover is ready");
    }

    /** Ends calls under way, then everything else. Volumes in use stay in use. */
    @Override
    public void close() {
        floors.close();
        log.atInfo().log("drover has ended; volumes in use stay in use");
    }
}
