package io.drover.cluster;

import io.drover.controller.host.NodePlaces;
import io.drover.core.credentials.CredentialStore;
import io.drover.core.credentials.DirectoryCredentialStore;
import io.drover.core.error.ErrorCode;
import io.drover.core.error.StorageException;
import io.drover.core.events.Events;
import io.drover.core.model.NodeId;
import io.drover.core.store.DirectoryStore;
import io.drover.core.store.ResourceStore;
import io.drover.core.time.Pause;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hosts without Kubernetes: records and credentials in a folder, the hosts by their addresses. Whoever locks the folder leads. */
final class DirectoryCluster implements Cluster {
    private static final Logger log = LoggerFactory.getLogger(DirectoryCluster.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Path folder;
    private final DirectoryStore store;
    private final Map<NodeId, HostAddress> hosts = new TreeMap<>();

    private DirectoryCluster(Path folder, DirectoryStore store, List<HostAddress> hosts) {
        this.folder = folder;
        this.store = store;
        hosts.forEach(host -> this.hosts.put(host.node(), host));
    }

    /**
     * Opens the folder, as soon as no other controller has it.
     *
     * @param stand whether to wait for it
     * @param standing see {@link Candidate#lead}
     * @throws StorageException IN_USE if another one has it and waiting is not wanted
     */
    static DirectoryCluster open(
            Path folder, List<HostAddress> hosts, boolean stand, Pause pause, Consumer<String> standing) {
        String said = "";
        while (true) {
            try {
                return new DirectoryCluster(folder, DirectoryStore.open(folder.resolve("resources")), hosts);
            } catch (StorageException e) {
                if (e.code() != ErrorCode.IN_USE || !stand) {
                    throw e;
                }
                if (!said.equals(e.getMessage())) {
                    said = String.valueOf(e.getMessage());
                    log.atInfo().addKeyValue("folder", folder).log("standing by: another controller leads");
                    standing.accept("another controller leads");
                }
                pause.forDuration(PAUSE);
            }
        }
    }

    @Override
    public ResourceStore store() {
        return store;
    }

    @Override
    public CredentialStore credentials() {
        return new DirectoryCredentialStore(folder.resolve("credentials"));
    }

    @Override
    public Events events() {
        return Events.NONE;
    }

    @Override
    public Set<NodeId> present() {
        return hosts.keySet();
    }

    @Override
    public NodePlaces agents() {
        return places(HostAddress::agent);
    }

    @Override
    public NodePlaces movers() {
        return places(HostAddress::mover);
    }

    @Override
    public String description() {
        return folder.toString();
    }

    @Override
    public void close() {
        store.close();
    }

    private NodePlaces places(Function<HostAddress, NodePlaces.Address> part) {
        Map<NodeId, Optional<NodePlaces.Address>> places = new TreeMap<>();
        hosts.forEach((node, host) -> places.put(node, Optional.of(part.apply(host))));
        return () -> places;
    }
}
