package io.drover.snapshotter.image;

/** A volume's replica on this host. */
public record ReplicaAddress(String volume, String disk) {
    @Override
    public String toString() {
        return "volume " + volume + " on disk " + disk;
    }
}
