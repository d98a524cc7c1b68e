package io.drover.node.replica;

import io.drover.core.model.VolumeId;
import io.drover.node.metadata.MetadataFile;
import io.drover.node.pool.PoolEngine;
import java.nio.file.Path;

/** The paths of one volume on a disk, of one that is being made, or of one that is going. */
record VolumeFolder(Path path) {
    /** Begins the name of what is not complete. No volume's or snapshot's name begins with a dot. */
    static final String NEW = ".new-";
    /** Begins the name of what is going. */
    static final String TRASH = ".trash-";

    private static final String HEAD = "head";

    static VolumeFolder of(Path volumes, VolumeId volume) {
        return new VolumeFolder(volumes.resolve(volume.value()));
    }

    static VolumeFolder unfinished(Path volumes, VolumeId volume) {
        return new VolumeFolder(volumes.resolve(NEW + volume));
    }

    static VolumeFolder trash(Path volumes, VolumeId volume) {
        return new VolumeFolder(volumes.resolve(TRASH + volume));
    }

    Path head() {
        return path.resolve(HEAD);
    }

    Path image() {
        return PoolEngine.image(head());
    }

    Path newHead() {
        return path.resolve(NEW + HEAD);
    }

    Path trashHead() {
        return path.resolve(TRASH + HEAD);
    }

    Path snapshots() {
        return path.resolve("snapshots");
    }

    SnapshotFolder snapshot(String name) {
        return new SnapshotFolder(snapshots().resolve(name));
    }

    SnapshotFolder newSnapshot(String name) {
        return new SnapshotFolder(snapshots().resolve(NEW + name));
    }

    SnapshotFolder trashSnapshot(String name) {
        return new SnapshotFolder(snapshots().resolve(TRASH + name));
    }

    MetadataFile<VolumeMetadata> metadata() {
        return VolumeMetadata.file(path);
    }
}
