package io.drover.node.replica;

/**
 * One of the snapshots to be taken together.
 *
 * @param snapshot the name of the new snapshot
 * @param record to be stored with it
 */
public record SnapshotMember(ReplicaId replica, String snapshot, String record) {}
