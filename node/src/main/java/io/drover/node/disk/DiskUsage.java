package io.drover.node.disk;

/**
 * The figures of a disk at one moment, in bytes.
 *
 * @param capacity of its file system
 * @param available what can still be written; for a pool in an image file, no more than its own host file system has
 * @param provisioned sum of the sizes of all replicas on it
 */
public record DiskUsage(long capacity, long available, long provisioned) {}
