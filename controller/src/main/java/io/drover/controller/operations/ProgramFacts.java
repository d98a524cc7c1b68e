package io.drover.controller.operations;

import java.time.Instant;

/**
 * What the program knows of itself.
 *
 * @param csiEndpoint the socket that CSI clients use
 * @param metricsAddress host and port, or empty
 */
public record ProgramFacts(
        String version,
        String node,
        Instant started,
        String csiEndpoint,
        String dataDirectory,
        String metricsAddress,
        long processId) {}
