package io.drover.cluster;

import io.drover.controller.backup.TargetChecks;
import io.drover.controller.csi.IdentityService;
import io.drover.controller.debris.InterruptedWork;
import io.drover.controller.host.ConnectedNodes;
import io.drover.controller.host.GrpcHosts;
import io.drover.controller.host.NodePlaces;
import io.drover.controller.mover.GrpcMovers;
import io.drover.controller.node.NodeReconciler;
import io.drover.controller.node.NodeRecords;
import io.drover.controller.operations.ProgramFacts;
import io.drover.controller.trouble.Troubles;
import io.drover.core.fault.FaultPoints;
import io.drover.core.rpc.AwaitedServices;
import io.drover.core.rpc.CallInterceptor;
import io.drover.core.rpc.RpcServer;
import io.drover.core.rpc.TlsConnector;
import io.drover.core.tls.TlsFolder;
import io.drover.standalone.ControllerFloor;
import io.drover.standalone.Floors;
import io.drover.standalone.Housekeeping;
import io.drover.standalone.Version;
import io.micrometer.core.instrument.Gauge;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The controller of a cluster. While another one leads it stands by: live, ready, with figures of its own. On its sockets it then says who
 * leads; the sidecars beside it, which ask a driver whether it is ready before they take part in their own elections, wait for that answer
 * ({@code ProbeForever} of csi-lib-utils), and so lead where their controller does. Without a socket they would end after half a minute.
 */
final class ControllerProcess implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ControllerProcess.class);
    private static final Duration AGENT_DEADLINE = Duration.ofMinutes(10);
    private static final Duration HOUSEKEEPING = Duration.ofSeconds(30);
    private static final Duration NEW_NODES = Duration.ofSeconds(2);
    private static final Duration NODES = Duration.ofSeconds(10);
    private static final Duration TROUBLES = Duration.ofSeconds(10);
    private static final Duration TARGETS = Duration.ofSeconds(10);
    private static final Duration DEBRIS = Duration.ofMinutes(2);

    private final Floors floors = new Floors();

    private ControllerProcess() {}

    /**
     * Opens everything, floor by floor, and serves. Blocks while another controller leads.
     *
     * @param candidate opens what the surroundings give, as soon as this controller leads
     */
    static ControllerProcess start(ControllerConfiguration configuration, Candidate candidate, FaultPoints faults) {
        ControllerProcess controller = new ControllerProcess();
        try {
            controller.build(configuration, candidate, faults);
            return controller;
        } catch (RuntimeException e) {
            controller.close();
            throw e;
        }
    }

    private void build(ControllerConfiguration configuration, Candidate candidate, FaultPoints faults) {
        Clock clock = Clock.systemUTC();
        TlsFolder tls = TlsFolder.open(configuration.tls(), clock);
        Figures figures = floors.add(Figures.open(configuration.metrics()));
        // A standby is as ready as it can be.
        figures.ready();
        CallInterceptor calls = figures.calls();
        AtomicBoolean leads = new AtomicBoolean();
        // With a supplier: of an object the registry would keep no more than a weak reference.
        Gauge.builder("drover.controller.leads", () -> leads.get() ? 1 : 0)
                .description("1 if this controller leads")
                .register(figures.registry());

        // What is served: the sidecars, the command line, the scheduler. Most of it awaits the lead.
        AtomicReference<String> standing = new AtomicReference<>("it has just been started");
        Supplier<String> reason = () -> "this controller does not serve now: " + standing.get()
                + "; ask the one that leads, or call again later";
        AwaitedServices storage = new AwaitedServices(calls, reason);
        AwaitedServices operations = new AwaitedServices(calls, reason);
        IdentityService identity = new IdentityService(configuration.driver(), Version.TEXT, leads::get);
        RpcServer csiServer =
                floors.add(RpcServer.onUnixSocket(configuration.csiSocket(), calls, List.of(identity), storage));
        RpcServer operationsServer =
                floors.add(RpcServer.onUnixSocket(configuration.operationsSocket(), calls, List.of(), operations));

        // Whoever leads has the records, and reaches the hosts.
        Cluster cluster = floors.add(candidate.lead(standing::set));
        TlsConnector connector = floors.add(new TlsConnector(tls, Peers.NODE, AGENT_DEADLINE));
        ConnectedNodes agents = floors.add(nodes("agent", cluster.agents(), connector));
        ConnectedNodes movers = floors.add(nodes("mover", cluster.movers(), connector));
        NodeRecords nodes = new NodeRecords(cluster.store());
        nodes.register(cluster.present(), clock);
        GrpcHosts hosts = new GrpcHosts(agents);
        ControllerFloor controller = ControllerFloor.open(
                new ControllerFloor.Ports(cluster.store(), hosts, new GrpcMovers(movers), cluster.credentials()),
                figures.registry(),
                faults,
                clock);
        figures.scrape(controller.scrape());

        // The calls under way end before that on which they stand is closed.
        floors.add(csiServer::close);
        floors.add(operationsServer::close);
        storage.serve(controller.csi());
        ProgramFacts facts = new ProgramFacts(
                Version.TEXT,
                configuration.identity(),
                clock.instant(),
                "unix://" + configuration.csiSocket(),
                cluster.description(),
                figures.address(),
                ProcessHandle.current().pid());
        operations.serve(controller.operations(facts, clock));

        // Beside the service: what has nobody who calls for it.
        InterruptedWork interrupted = controller.services().interruptedWork();
        floors.add(Housekeeping.start(DEBRIS, interrupted::finish, interrupted::finish));
        NodeReconciler reconciler = new NodeReconciler(cluster.store(), hosts, cluster.agents(), clock);
        floors.add(Housekeeping.start(NEW_NODES, () -> {}, () -> nodes.register(cluster.present(), clock)));
        floors.add(Housekeeping.start(NODES, reconciler::reconcile, reconciler::reconcile));
        TargetChecks targets = controller.services().backups().checks();
        floors.add(Housekeeping.start(TARGETS, targets::reconcile, targets::reconcile));
        Troubles troubles = new Troubles(cluster.store(), cluster.events());
        floors.add(Housekeeping.start(TROUBLES, troubles::look, troubles::look));
        floors.add(Housekeeping.start(HOUSEKEEPING, () -> {}, () -> {
            var _ = interrupted.continueBackups();
            tls.ownProblem().ifPresent(problem -> log.atError().log("{}", problem));
        }));
        leads.set(true);
        floors.add(() -> leads.set(false));
        log.atInfo()
                .addKeyValue("version", Version.TEXT)
                .addKeyValue("identity", configuration.identity())
                .addKeyValue("csi", configuration.csiSocket())
                .addKeyValue("records", cluster.description())
                .addKeyValue("certificateExpires", tls.expires())
                .log("drover controller leads and is ready");
    }

    private static ConnectedNodes nodes(String part, NodePlaces places, TlsConnector connector) {
        return new ConnectedNodes(
                part,
                places,
                (what, place, remedy) -> connector.connect(place.host(), place.port(), what, remedy),
                "look at its pod (kubectl get pods -o wide) or process");
    }

    @Override
    public void close() {
        floors.close();
        log.atInfo().log("drover controller has ended");
    }
}
