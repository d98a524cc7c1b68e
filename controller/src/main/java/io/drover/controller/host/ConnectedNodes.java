package io.drover.controller.host;

import io.drover.core.error.StorageException;
import io.drover.core.model.NodeId;
import io.drover.core.rpc.RpcChannel;
import io.grpc.Channel;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a connection to one part of each host, and follows where it is: a new address gets a new connection, and the old one is closed,
 * so that a call that hangs on a host that is gone ends.
 */
public final class ConnectedNodes implements NodeChannels, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ConnectedNodes.class);

    private final String part;
    private final NodePlaces places;
    private final Connect connect;
    private final String remedy;
    private final Map<NodeId, Connection> connections = new HashMap<>();

    /** Makes channels, which connect when the first call is made. */
    @FunctionalInterface
    public interface Connect {
        /**
         * A new channel.
         *
         * @param what who is called, for messages
         * @param remedy what to do when nobody answers there
         */
        RpcChannel to(String what, NodePlaces.Address place, String remedy);
    }

    private record Connection(NodePlaces.Address address, RpcChannel channel) {}

    /**
     * Connects when the first call is made.
     *
     * @param part what is reached, for messages: {@code agent} or {@code mover}
     * @param remedy what to do when it is not reached
     */
    public ConnectedNodes(String part, NodePlaces places, Connect connect, String remedy) {
        this.part = part;
        this.places = places;
        this.connect = connect;
        this.remedy = remedy;
    }

    @Override
    public List<NodeId> nodes() {
        return List.copyOf(new TreeMap<>(places.now()).keySet());
    }

    @Override
    public synchronized Channel to(NodeId node) {
        Map<NodeId, Optional<NodePlaces.Address>> now = places.now();
        drop(now);
        Optional<NodePlaces.Address> address = now.get(node);
        if (address == null) {
            throw StorageException.notFound("node", node.value());
        }
        NodePlaces.Address place = address.orElseThrow(() -> StorageException.unavailable(
                "node " + node + " is known, but its " + part + " does not run; " + remedy + ", and call again"));
        return connections
                .computeIfAbsent(node, _ -> new Connection(place, connect(node, place)))
                .channel()
                .channel();
    }

    private RpcChannel connect(NodeId node, NodePlaces.Address place) {
        log.atInfo().addKeyValue("node", node).addKeyValue("address", place).log("its {} is reached here", part);
        return connect.to("the " + part + " of node " + node + " (" + place + ")", place, remedy);
    }

    private void drop(Map<NodeId, Optional<NodePlaces.Address>> now) {
        connections.entrySet().removeIf(entry -> {
            boolean moved = !now.getOrDefault(entry.getKey(), Optional.empty())
                    .equals(Optional.of(entry.getValue().address()));
            if (moved) {
                // In the background: closing waits for the calls that it cancels.
                Thread.ofVirtual().start(entry.getValue().channel()::close);
            }
            return moved;
        });
    }

    @Override
    public synchronized void close() {
        connections.values().forEach(connection -> connection.channel().close());
        connections.clear();
    }
}
