package io.drover.core.resources;

import java.time.Instant;
import java.util.Optional;

/**
 * Where a pod runs.
 *
 * @param node empty while it is not scheduled
 * @param address its IP, while it runs and is not being deleted
 */
public record PodPlace(String name, String node, Optional<String> address, Instant createdAt) {}
