package io.drover.cluster;

import io.drover.controller.host.NodePlaces;
import io.drover.core.credentials.CredentialStore;
import io.drover.core.error.StorageException;
import io.drover.core.events.Events;
import io.drover.core.fault.FaultPoints;
import io.drover.core.kubernetes.KubernetesConnection;
import io.drover.core.kubernetes.KubernetesEvents;
import io.drover.core.kubernetes.KubernetesStore;
import io.drover.core.kubernetes.LeaderService;
import io.drover.core.kubernetes.NodePods;
import io.drover.core.kubernetes.SecretCredentialStore;
import io.drover.core.model.NodeId;
import io.drover.core.model.StorageNode;
import io.drover.core.model.Volume;
import io.drover.core.store.ResourceStore;
import io.drover.core.time.Pause;
import io.drover.standalone.Floors;
import io.drover.standalone.Housekeeping;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A Kubernetes cluster: records as its objects, credentials as its Secrets, the hosts where the agents' pods are. */
final class KubernetesCluster implements Cluster {
    private static final Logger log = LoggerFactory.getLogger(KubernetesCluster.class);
    private static final Duration FIRST_LISTS = Duration.ofSeconds(30);
    private static final Duration LEADER_SERVICE = Duration.ofSeconds(10);

    private final Floors floors;
    private final String namespace;
    private final KubernetesStore store;
    private final CredentialStore credentials;
    private final NodePods pods;
    private final Events events;

    private KubernetesCluster(
            Floors floors,
            String namespace,
            KubernetesStore store,
            CredentialStore credentials,
            NodePods pods,
            Events events) {
        this.floors = floors;
        this.namespace = namespace;
        this.store = store;
        this.credentials = credentials;
        this.pods = pods;
        this.events = events;
    }

    /**
     * Connects, waits until this controller leads, and then until the records and the hosts are known. When the lead is lost, the process
     * ends at once.
     *
     * @param place where a Service is to lead to while this controller leads
     * @param standing see {@link Candidate#lead}
     * @throws StorageException if they cannot be read, with what the API server says and what is missing
     */
    static KubernetesCluster open(
            Optional<Path> kubeconfig,
            String namespace,
            KubernetesLead lead,
            Optional<LeaderService.Place> place,
            Clock clock,
            Pause pause,
            FaultPoints faults,
            Consumer<String> standing) {
        Floors floors = new Floors();
        try {
            KubernetesConnection connection = floors.add(KubernetesConnection.open(kubeconfig, namespace));
            // Closed last but one: it is given back when nothing is at work any more.
            floors.add(lead.acquire(connection, clock, pause, standing));
            standing.accept("it leads since now, and reads the records");
            KubernetesStore store = floors.add(KubernetesStore.open(connection, clock, pause, faults));
            NodePods pods = floors.add(NodePods.open(connection, clock, pause));
            if (!store.awaitSynced(FIRST_LISTS) || !pods.awaitListed(FIRST_LISTS)) {
                // Says what is wrong, if it is the usual: permission, definitions, the server.
                var _ = store.list(Volume.class);
                throw StorageException.unavailable("cannot begin: not all records and pods of namespace " + namespace
                        + " could be listed within " + FIRST_LISTS.toSeconds() + " s; the log says more");
            }
            store.unreadable().forEach(problem -> log.atError().log("{}", problem));
            KubernetesEvents events = floors.add(KubernetesEvents.open(
                    connection, clock, pause, () -> UUID.randomUUID().toString()));
            place.map(here -> new LeaderService(connection, here, clock, pause))
                    .ifPresent(service ->
                            floors.add(Housekeeping.start(LEADER_SERVICE, service::leadHere, service::leadHere)));
            return new KubernetesCluster(
                    floors, namespace, store, new SecretCredentialStore(connection, clock, pause), pods, events);
        } catch (RuntimeException e) {
            floors.close();
            throw e;
        }
    }

    @Override
    public ResourceStore store() {
        return store;
    }

    @Override
    public CredentialStore credentials() {
        return credentials;
    }

    @Override
    public Events events() {
        return events;
    }

    @Override
    public Set<NodeId> present() {
        return pods.places().keySet().stream().map(NodeId::new).collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public NodePlaces agents() {
        return () -> places(Peers.AGENT_PORT);
    }

    @Override
    public NodePlaces movers() {
        return () -> places(Peers.MOVER_PORT);
    }

    @Override
    public String description() {
        return "Kubernetes, namespace " + namespace;
    }

    @Override
    public void close() {
        floors.close();
    }

    /** A host whose pod is gone is known by its record, and away. */
    private Map<NodeId, Optional<NodePlaces.Address>> places(int port) {
        Map<String, Optional<String>> now = pods.places();
        Map<NodeId, Optional<NodePlaces.Address>> places = new TreeMap<>();
        store.names(StorageNode.class)
                .forEach(node -> places.put(
                        new NodeId(node),
                        now.getOrDefault(node, Optional.empty()).map(ip -> new NodePlaces.Address(ip, port))));
        return places;
    }
}
