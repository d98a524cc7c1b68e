package io.drover.cluster;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What {@code drover controller} was asked for, checked.
 *
 * @param identity tells it from the other replicas
 * @param metrics empty = none
 */
record ControllerConfiguration(
        String identity,
        String driver,
        Path csiSocket,
        Path operationsSocket,
        Path tls,
        Optional<InetSocketAddress> metrics) {}
