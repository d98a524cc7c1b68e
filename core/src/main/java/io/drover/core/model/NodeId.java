package io.drover.core.model;

/** A host's name, as Kubernetes knows it. See {@link Names} for what is allowed. */
public record NodeId(String value) implements Comparable<NodeId> {
    public NodeId {
        Names.require("node name", value);
    }

    @Override
    public int compareTo(NodeId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
