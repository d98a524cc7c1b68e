package io.drover.controller.host;

/**
 * A snapshot to be taken of one replica.
 *
 * @param record the snapshot's record, kept beside the data
 */
public record NewSnapshot(ReplicaAddress replica, String name, String record) {}
