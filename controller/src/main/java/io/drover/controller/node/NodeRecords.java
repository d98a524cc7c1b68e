package io.drover.controller.node;

import io.drover.controller.placement.NodeRules;
import io.drover.core.error.ErrorCode;
import io.drover.core.error.StorageException;
import io.drover.core.model.NodeId;
import io.drover.core.model.StorageNode;
import io.drover.core.store.ResourceStore;
import io.drover.core.store.Stored;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The records of hosts. */
public final class NodeRecords {
    private static final Logger log = LoggerFactory.getLogger(NodeRecords.class);

    private final ResourceStore store;

    public NodeRecords(ResourceStore store) {
        this.store = store;
    }

    /** Makes a record of each host that has none. To be called before anything is asked of them. Calling again does nothing. */
    public void register(Set<NodeId> present, Clock clock) {
        present.stream().sorted().forEach(node -> register(node, clock));
    }

    /**
     * What placement has to keep to.
     *
     * @throws StorageException CORRUPT naming records that cannot be read: their hosts may be closed
     */
    public NodeRules rules() {
        Map<NodeId, NodeRules.NodeRule> rules = new HashMap<>();
        for (Stored<StorageNode> stored : store.list(StorageNode.class)) {
            StorageNode node = stored.value();
            Optional<String> closed = node.schedulable()
                    ? Optional.empty()
                    : Optional.of("its node is set to take no new volumes (schedulable: false of StorageNode "
                            + node.id() + ")");
            rules.put(node.id(), new NodeRules.NodeRule(Set.copyOf(node.tags()), closed));
        }
        return new NodeRules(rules);
    }

    private void register(NodeId node, Clock clock) {
        try {
            if (store.find(StorageNode.class, node.value()).isPresent()) {
                return;
            }
            var _ = store.create(new StorageNode(node, List.of(), true, List.of(), Optional.empty(), clock.instant()));
            log.atInfo().addKeyValue("node", node).log("a new host");
        } catch (StorageException e) {
            // Another controller was faster; or a record that cannot be read, which is one all the same, and others
            // tell of it.
            if (e.code() != ErrorCode.EXISTS_DIFFERENT && e.code() != ErrorCode.CORRUPT) {
                throw e;
            }
        }
    }
}
