package io.drover.node.disk;

/**
 * A configured disk that is not used.
 *
 * @param problem why, and what to do
 */
public record RefusedDisk(DiskConfiguration configuration, String problem) implements DiskState {}
