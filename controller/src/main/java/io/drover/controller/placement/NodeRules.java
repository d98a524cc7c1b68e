package io.drover.controller.placement;

import io.drover.core.model.NodeId;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the owners of hosts have said about them.
 *
 * @param nodes those of whom anything is said; the others have no tags and take new volumes
 */
public record NodeRules(Map<NodeId, NodeRule> nodes) {
    /** Nothing is said about any. */
    public static final NodeRules NONE = new NodeRules(Map.of());

    private static final NodeRule NOTHING = new NodeRule(Set.of(), Optional.empty());

    public NodeRules {
        nodes = Map.copyOf(nodes);
    }

    /**
     * What is said about one host.
     *
     * @param tags that a StorageClass' {@code nodeSelector} can ask for
     * @param closed why it takes no new volumes; empty if it does
     */
    public record NodeRule(Set<String> tags, Optional<String> closed) {
        public NodeRule {
            tags = Set.copyOf(tags);
        }
    }

    NodeRule of(NodeId node) {
        return nodes.getOrDefault(node, NOTHING);
    }
}
