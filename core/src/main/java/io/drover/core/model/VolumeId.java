package io.drover.core.model;

/** A volume's name, which is also its CSI volume id and its folder's name on a disk. See {@link Names} for what is allowed. */
public record VolumeId(String value) implements Comparable<VolumeId> {
    public VolumeId {
        Names.require("volume name", value);
    }

    @Override
    public int compareTo(VolumeId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
