package io.drover.standalone;

import io.drover.controller.StorageServices;
import io.drover.controller.backup.BackupServices;
import io.drover.controller.csi.ControllerService;
import io.drover.controller.csi.GroupControllerService;
import io.drover.controller.csi.IdentityService;
import io.drover.controller.csi.SnapshotMetadataService;
import io.drover.controller.debris.InterruptedWork;
import io.drover.controller.host.GrpcHosts;
import io.drover.controller.host.Hosts;
import io.drover.controller.metrics.BackupMetrics;
import io.drover.controller.metrics.CallMetrics;
import io.drover.controller.metrics.StorageMetrics;
import io.drover.controller.mover.GrpcMovers;
import io.drover.controller.operations.OperationsService;
import io.drover.controller.operations.ProgramFacts;
import io.drover.controller.settings.DriverSettings;
import io.drover.core.credentials.DirectoryCredentialStore;
import io.drover.core.fault.FaultPoints;
import io.drover.core.file.Directories;
import io.drover.core.resources.ResourceFormat;
import io.drover.core.rpc.CallInterceptor;
import io.drover.core.rpc.RpcChannel;
import io.drover.core.rpc.RpcServer;
import io.drover.core.store.DirectoryStore;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The whole of Drover in this process. */
public final class Standalone implements AutoCloseable {
    /** The name by which CSI clients, StorageClasses among them, know this driver. */
    public static final String DRIVER = "drover.io";

    private static final Logger log = LoggerFactory.getLogger(Standalone.class);
    private static final Duration AGENT_DEADLINE = Duration.ofMinutes(10);
    private static final Duration HOUSEKEEPING = Duration.ofSeconds(30);

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
        configuration.disks().stream()
                .map(disk -> disk.path())
                .filter(path -> path.startsWith(data))
                .forEach(Directories::create);

        // The records. Opening them locks the folder: from here on this is the only process.
        DirectoryStore store = floors.add(DirectoryStore.open(data.resolve("resources")));
        DriverSettings settings = new DriverSettings(store);

        // The host, and the agent that the controller reaches it by.
        NodeFloor node = NodeFloor.open(configuration, settings, faults, clock);
        PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        floors.add(metrics::close);
        CallInterceptor calls = new CallInterceptor(System::nanoTime, new CallMetrics(metrics));
        String agent = "agent/" + configuration.node();
        floors.add(RpcServer.inProcess(agent, calls, List.of(node.agent())));
        RpcChannel channel = floors.add(RpcChannel.inProcess(agent, AGENT_DEADLINE));

        // The mover, and the channel that the controller reaches it by.
        MoverFloor mover = MoverFloor.open(data, settings.get(), channel.channel(), node.extents(), faults, clock);
        floors.add(mover.transfers());
        String moverName = "mover/" + configuration.node();
        floors.add(RpcServer.inProcess(moverName, calls, List.of(mover.service())));
        RpcChannel moverChannel = floors.add(RpcChannel.inProcess(moverName, AGENT_DEADLINE));

        // The controller.
        ResourceFormat format = new ResourceFormat();
        Hosts hosts = new GrpcHosts(Map.of(configuration.node(), channel.channel()));
        StorageServices services = StorageServices.of(
                store,
                hosts,
                new GrpcMovers(Map.of(configuration.node(), moverChannel.channel())),
                new DirectoryCredentialStore(data.resolve("credentials")),
                settings,
                record -> format.write(record, 0),
                faults,
                clock,
                BackupServices.Patience.DEFAULT);

        // What is served: figures, CSI, the command line.
        AtomicBoolean ready = new AtomicBoolean();
        StorageMetrics figures = new StorageMetrics(metrics, services.records(), hosts);
        BackupMetrics backupFigures =
                new BackupMetrics(metrics, services.backups().queries());
        Supplier<String> scrape = () -> {
            figures.refresh();
            backupFigures.refresh();
            return metrics.scrape();
        };
        String metricsAddress = "";
        if (configuration.metricsPort() > 0) {
            new JvmMemoryMetrics().bindTo(metrics);
            new UptimeMetrics().bindTo(metrics);
            metricsAddress = floors.add(MetricsServer.start(configuration.metricsPort(), scrape, ready::get))
                    .address();
        }
        floors.add(RpcServer.onUnixSocket(
                configuration.csiSocket(),
                calls,
                List.of(
                        new IdentityService(DRIVER, Version.TEXT, ready::get),
                        new ControllerService(services, settings),
                        new GroupControllerService(services.groups()),
                        new SnapshotMetadataService(services.changedBlocks()),
                        node.csi())));
        ProgramFacts facts = new ProgramFacts(
                Version.TEXT,
                configuration.node().toString(),
                clock.instant(),
                configuration.csiEndpoint(),
                data.toString(),
                metricsAddress,
                ProcessHandle.current().pid());
        floors.add(RpcServer.onUnixSocket(
                configuration.operationsSocket(),
                calls,
                List.of(new OperationsService(services, settings, facts, clock))));

        // Beside the service: what has nobody who calls for it.
        InterruptedWork interrupted = services.interruptedWork();
        floors.add(Housekeeping.start(HOUSEKEEPING, interrupted::finish, () -> {
            node.stores().refresh();
            node.backupTargets().removeIdle();
            var _ = interrupted.continueBackups();
        }));

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
