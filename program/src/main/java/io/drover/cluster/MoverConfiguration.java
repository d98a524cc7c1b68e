package io.drover.cluster;

import io.drover.core.model.NodeId;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What {@code drover mover} was asked for, checked.
 *
 * @param address where the controller reaches it
 * @param agentSocket where it reaches the agent of its host
 * @param state what it remembers
 * @param metrics empty = none
 */
record MoverConfiguration(
        NodeId node,
        InetSocketAddress address,
        Path agentSocket,
        Path state,
        Path tls,
        Optional<InetSocketAddress> metrics,
        int transfers) {}
