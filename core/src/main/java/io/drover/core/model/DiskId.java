package io.drover.core.model;

/** A disk's identity: the uuid in the file at its root. See {@link Names} for what is allowed. */
public record DiskId(String value) implements Comparable<DiskId> {
    public DiskId {
        Names.require("disk id", value);
    }

    @Override
    public int compareTo(DiskId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
