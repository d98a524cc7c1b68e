package io.drover.core.model;

/** A group snapshot's name, which is also its CSI id. See {@link Names} for what is allowed. */
public record GroupId(String value) implements Comparable<GroupId> {
    public GroupId {
        Names.require("group snapshot name", value);
    }

    @Override
    public int compareTo(GroupId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
