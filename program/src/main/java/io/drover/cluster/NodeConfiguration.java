package io.drover.cluster;

import io.drover.core.model.NodeId;
import io.drover.node.disk.DiskConfiguration;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What {@code drover node} was asked for, checked.
 *
 * @param data absolute
 * @param disks that it has whatever the controller adds
 * @param agent where the controller reaches it
 * @param agentSocket where the mover of this host reaches it
 * @param metrics empty = none
 */
record NodeConfiguration(
        NodeId node,
        String driver,
        Path data,
        List<DiskConfiguration> disks,
        Path csiSocket,
        InetSocketAddress agent,
        Path agentSocket,
        Path tls,
        Optional<InetSocketAddress> metrics) {
    NodeConfiguration {
        disks = List.copyOf(disks);
    }
}
