package io.drover.snapshotter.target;

import java.time.Instant;

/**
 * A file of a target, as the server knows it.
 *
 * @param path relative to the target
 * @param size in bytes
 * @param modified by the server's clock; compare it with times of the same server only
 */
public record TargetFile(String path, long size, Instant modified) {}
