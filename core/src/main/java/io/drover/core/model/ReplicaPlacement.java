package io.drover.core.model;

/** Where one replica lies. Chosen once, recorded before the replica is made, never chosen anew. */
public record ReplicaPlacement(NodeId node, DiskId disk) {}
