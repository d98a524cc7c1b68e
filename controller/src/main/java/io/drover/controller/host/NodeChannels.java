package io.drover.controller.host;

import io.drover.core.error.StorageException;
import io.drover.core.model.NodeId;
import io.grpc.Channel;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** How one part of each host, its agent or its mover, is reached now. Hosts come and go while it is used. */
public interface NodeChannels {
    /** All nodes that are known, those that cannot be reached now as well, in a stable order. */
    List<NodeId> nodes();

    /**
     * The channel to a node; to be asked for anew for each call.
     *
     * @throws StorageException NOT_FOUND for a node that is not known; UNAVAILABLE, with the reason, for one that is away
     */
    Channel to(NodeId node);

    /** Channels that stay. Closing them stays with the caller. */
    static NodeChannels fixed(Map<NodeId, ? extends Channel> channels) {
        Map<NodeId, Channel> sorted = new TreeMap<>(channels);
        return new NodeChannels() {
            @Override
            public List<NodeId> nodes() {
                return List.copyOf(sorted.keySet());
            }

            @Override
            public Channel to(NodeId node) {
                return Optional.ofNullable(sorted.get(node))
                        .orElseThrow(() -> StorageException.notFound("node", node.value()));
            }
        };
    }
}
