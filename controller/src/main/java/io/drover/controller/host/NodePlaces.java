package io.drover.controller.host;

import io.drover.core.model.NodeId;
import java.util.Map;
import java.util.Optional;

/** Where one part of each host listens now. */
@FunctionalInterface
public interface NodePlaces {
    /**
     * All nodes that are known. A node without an address is known and away; one that is not in the map is unknown. Quick: asked for
     * with each call.
     */
    Map<NodeId, Optional<Address>> now();

    /** @param host name or IP address */
    record Address(String host, int port) {
        @Override
        public String toString() {
            return host.indexOf(':') >= 0 ? "[" + host + "]:" + port : host + ":" + port;
        }
    }
}
