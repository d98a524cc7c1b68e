package io.drover.core.model;

import io.drover.core.error.StorageException;
import java.util.Comparator;

/**
 * A local snapshot: its volume and its own name. On the wire it is the handle {@code snap://<volume>/<snapshot>}.
 *
 * @param volume the volume it was taken of, which need not exist any more
 * @param name unique among the snapshots of the volume; snapshots made through CSI are unique among all volumes
 */
public record SnapshotId(VolumeId volume, String name) implements Comparable<SnapshotId> {
    private static final Comparator<SnapshotId> ORDER =
            Comparator.comparing(SnapshotId::volume).thenComparing(SnapshotId::name);
    private static final String SCHEME = "snap://";

    public SnapshotId {
        Names.require("snapshot name", name);
    }

    /** The handle that CSI sees. */
    public String handle() {
        return SCHEME + volume + "/" + name;
    }

    /** Whether this handle claims to be one of a local snapshot; it may still be malformed. */
    public static boolean isHandle(String handle) {
        return handle.startsWith(SCHEME);
    }

    /**
     * Reads a handle.
     *
     * @throws StorageException INVALID if it is not {@code snap://<volume>/<snapshot>} with valid names
     */
    public static SnapshotId ofHandle(String handle) {
        String rest = isHandle(handle) ? handle.substring(SCHEME.length()) : "";
        int slash = rest.indexOf('/');
        if (slash < 0) {
            throw StorageException.invalid(
                    "snapshot handle \"" + handle + "\" is not of the form snap://<volume>/<snapshot>");
        }
        return new SnapshotId(new VolumeId(rest.substring(0, slash)), rest.substring(slash + 1));
    }

    @Override
    public int compareTo(SnapshotId other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return volume + "/" + name;
    }
}
