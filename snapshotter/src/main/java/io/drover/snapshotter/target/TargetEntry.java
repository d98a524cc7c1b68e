package io.drover.snapshotter.target;

/**
 * One name in a directory of a target.
 *
 * @param name without slashes
 * @param directory whether there are names below it
 */
public record TargetEntry(String name, boolean directory) {}
