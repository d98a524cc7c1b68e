package io.drover.node.replica;

import io.drover.core.error.StorageException;
import io.drover.core.fault.FaultPoints;
import io.drover.core.model.ByteRange;
import io.drover.core.model.VolumeId;
import io.drover.node.disk.Disk;
import io.drover.node.pool.PoolEngine;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The snapshots on one disk. Making one is three steps, so that a group can take each step for all members: {@link #begin},
 * {@link #copy} (the only one under a freeze), {@link #describe}, {@link #publish}. The work of each does not grow with the number of
 * snapshots that exist.
 */
final class SnapshotStore {
    private final Disk disk;
    private final PoolEngine engine;
    private final Folders folders;
    private final Remains remains;
    private final FaultPoints faults;

    SnapshotStore(Disk disk, Folders folders, Remains remains, FaultPoints faults) {
        this.disk = disk;
        this.engine = disk.engine();
        this.folders = folders;
        this.remains = remains;
        this.faults = faults;
    }

    /** The snapshot, if it is complete. */
    Optional<SnapshotMetadata> find(VolumeId volume, String name) {
        return folder(volume).snapshot(name).metadata().read();
    }

    /** A snapshot that is complete but for its publication: one of a group whose making was interrupted. */
    Optional<SnapshotMetadata> findUnpublished(VolumeId volume, String name) {
        return folder(volume).newSnapshot(name).metadata().read();
    }

    /** All of a volume, oldest first. Those that go meanwhile may be in it or not. */
    List<ReplicaSnapshot> list(VolumeId volume) {
        List<ReplicaSnapshot> snapshots = new ArrayList<>();
        for (Path entry : folders.list(folder(volume).snapshots())) {
            if (!Remains.isRemains(entry)) {
                new SnapshotFolder(entry)
                        .metadata()
                        .read()
                        .map(SnapshotMetadata::toSnapshot)
                        .ifPresent(snapshots::add);
            }
        }
        snapshots.sort(Comparator.comparing(ReplicaSnapshot::created).thenComparing(ReplicaSnapshot::name));
        return snapshots;
    }

    /** Whether the volume has none, without reading any. */
    boolean isEmpty(VolumeId volume) {
        return folders.list(folder(volume).snapshots()).stream().allMatch(Remains::isRemains);
    }

    /** Makes room for a new one: whatever an interrupted call left of it goes. */
    void begin(VolumeId volume, String name) {
        SnapshotFolder unfinished = folder(volume).newSnapshot(name);
        if (folders.exists(unfinished.path())) {
            remains.remove(unfinished);
        }
        folders.create(unfinished.path());
        faults.reach("snapshot.begun");
    }

    /** Clones the head. */
    void copy(VolumeId volume, String name) {
        engine.cloneHome(folder(volume).head(), folder(volume).newSnapshot(name).home(), true);
        faults.reach("snapshot.copied");
    }

    /** Writes the metadata beside the copy. */
    SnapshotMetadata describe(
            VolumeId volume,
            String name,
            SnapshotTaker.Copied copied,
            Optional<SnapshotMetadata.Group> group,
            String record) {
        SnapshotFolder unfinished = folder(volume).newSnapshot(name);
        SnapshotMetadata metadata = new SnapshotMetadata(
                volume.value(),
                name,
                engine.size(unfinished.home()).bytes(),
                copied.when(),
                group,
                Optional.of(copied.frozen(PoolEngine.image(folder(volume).head()))),
                record);
        unfinished.metadata().write(metadata);
        faults.reach("snapshot.described");
        return metadata;
    }

    /** Gives it its name. From here on it is there. */
    void publish(VolumeId volume, String name) {
        folders.rename(
                folder(volume).newSnapshot(name).path(),
                folder(volume).snapshot(name).path());
        faults.reach("snapshot.published");
    }

    /** Takes back what {@link #begin}, {@link #copy} and {@link #describe} made. */
    void discard(VolumeId volume, String name) {
        remains.remove(folder(volume).newSnapshot(name));
    }

    /** Removes one, and what an interrupted removal left of it. Absent is no error. */
    void delete(VolumeId volume, String name) {
        SnapshotFolder trash = folder(volume).trashSnapshot(name);
        remains.remove(trash);
        SnapshotFolder snapshot = folder(volume).snapshot(name);
        if (folders.exists(snapshot.path())) {
            folders.rename(snapshot.path(), trash.path());
            faults.reach("deleteSnapshot.renamed");
            remains.remove(trash);
        }
    }

    /** The home of one that is complete. */
    Path home(VolumeId volume, String name) {
        if (find(volume, name).isEmpty()) {
            throw StorageException.notFound("snapshot", volume + "/" + name + " on disk " + disk.id());
        }
        return folder(volume).snapshot(name).home();
    }

    /** What comes back when it is deleted. Looks at every extent of it. */
    long exclusiveBytes(VolumeId volume, String name) {
        return engine.usage(home(volume, name)).exclusive().bytes();
    }

    /** What is allocated in it, or what differs from the base. */
    List<ByteRange> extents(VolumeId volume, String name, Optional<String> base) {
        Path home = home(volume, name);
        return base.map(other -> engine.changed(home(volume, other), home)).orElseGet(() -> engine.allocated(home));
    }

    /** The names of what {@code .new-} has left in a volume, groups' members only. */
    List<SnapshotMetadata> unpublished(VolumeId volume) {
        List<SnapshotMetadata> found = new ArrayList<>();
        for (Path entry : folders.list(folder(volume).snapshots())) {
            if (String.valueOf(entry.getFileName()).startsWith(VolumeFolder.NEW)) {
                new SnapshotFolder(entry).metadata().read().ifPresent(found::add);
            }
        }
        return found;
    }

    private VolumeFolder folder(VolumeId volume) {
        return VolumeFolder.of(disk.volumes(), volume);
    }
}
