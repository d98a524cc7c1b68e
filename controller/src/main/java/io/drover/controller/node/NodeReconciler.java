package io.drover.controller.node;

import io.drover.controller.host.DiskState;
import io.drover.controller.host.Hosts;
import io.drover.controller.host.NodePlaces;
import io.drover.core.error.StorageException;
import io.drover.core.model.NodeId;
import io.drover.core.model.SettingsRecord;
import io.drover.core.model.StorageNode;
import io.drover.core.model.StorageNode.NodeReport;
import io.drover.core.model.StorageNode.WantedDisk;
import io.drover.core.store.ResourceStore;
import io.drover.core.store.Stored;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells each host what its record and the settings want of it, and writes into the record how the host is. Level-triggered: a round looks
 * at everything anew, and one host's trouble is its own.
 */
public final class NodeReconciler {
    private static final Logger log = LoggerFactory.getLogger(NodeReconciler.class);

    private final ResourceStore store;
    private final Hosts hosts;
    private final NodePlaces places;
    private final Clock clock;

    /** @param places of the agents, to show */
    public NodeReconciler(ResourceStore store, Hosts hosts, NodePlaces places, Clock clock) {
        this.store = store;
        this.hosts = hosts;
        this.places = places;
        this.clock = clock;
    }

    /** One round over all hosts that have a record. Blocks until each has answered, or has been given up. */
    public void reconcile() {
        Map<String, String> settings = store.find(SettingsRecord.class, SettingsRecord.KEY)
                .map(stored -> stored.value().values())
                .orElse(Map.of());
        Map<NodeId, Optional<NodePlaces.Address>> now = places.now();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Stored<StorageNode> stored : store.listReadable(StorageNode.class)) {
                StorageNode node = stored.value();
                String address = now.getOrDefault(node.id(), Optional.empty())
                        .map(NodePlaces.Address::toString)
                        .orElse("");
                var _ = threads.submit(() -> reconcile(node, address, settings));
            }
        }
    }

    private void reconcile(StorageNode node, String address, Map<String, String> settings) {
        try {
            write(node, look(node, address, settings));
        } catch (RuntimeException e) {
            log.atWarn()
                    .addKeyValue("node", node.id())
                    .setCause(e)
                    .log("a host could not be looked at; it is tried again");
        }
    }

    private NodeReport look(StorageNode node, String address, Map<String, String> settings) {
        try {
            Optional<String> refused = configure(node, settings);
            List<DiskState> disks = hosts.describe(node.id()).disks();
            return refused.map(why -> NodeReports.notConfigured(node, address, disks, why, clock.instant()))
                    .orElseGet(() -> NodeReports.answered(node, address, disks, clock.instant()));
        } catch (StorageException e) {
            return NodeReports.silent(node, address, String.valueOf(e.getMessage()), clock.instant());
        }
    }

    /** Returns why the host does not take what is wanted. */
    private Optional<String> configure(StorageNode node, Map<String, String> settings) {
        try {
            hosts.configure(
                    node.id(), node.disks().stream().map(NodeReconciler::text).toList(), settings);
            return Optional.empty();
        } catch (StorageException e) {
            // UNSUPPORTED: the host runs an older version, as during an upgrade.
            return switch (e.code()) {
                case INVALID, IN_USE, UNSUPPORTED -> Optional.of(String.valueOf(e.getMessage()));
                default -> throw e;
            };
        }
    }

    /** As {@code drover node --disk} takes it. */
    static String text(WantedDisk disk) {
        StringBuilder text = new StringBuilder(disk.path());
        if (!disk.tags().isEmpty()) {
            text.append(",tags=").append(String.join("+", disk.tags()));
        }
        disk.size().ifPresent(size -> text.append(",size=").append(size.bytes()));
        if (!disk.engine().isEmpty()) {
            text.append(",engine=").append(disk.engine());
        }
        if (!disk.name().isEmpty()) {
            text.append(",name=").append(disk.name());
        }
        disk.adopt().ifPresent(id -> text.append(",adopt=").append(id));
        disk.forget().ifPresent(id -> text.append(",forget=").append(id));
        return text.toString();
    }

    private void write(StorageNode node, NodeReport report) {
        if (!NodeReports.isWorthWriting(node, report)) {
            return;
        }
        boolean there = store.changeIfThere(StorageNode.class, node.key(), now -> now.withReport(report))
                .isPresent();
        boolean readyBefore = node.report().map(NodeReport::ready).orElse(false);
        if (there && readyBefore != report.ready()) {
            log.atInfo()
                    .addKeyValue("node", node.id())
                    .log(report.ready() ? "host is ready" : "host is not ready: " + report.message());
        }
    }
}
