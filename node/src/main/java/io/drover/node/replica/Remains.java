package io.drover.node.replica;

import io.drover.core.error.StorageException;
import io.drover.core.fault.FaultPoints;
import io.drover.core.file.Directories;
import io.drover.node.metadata.DiskFailure;
import io.drover.node.pool.PoolEngine;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Removes what has no name any more: what is going, and what was never finished. Everything here may be called again. */
final class Remains {
    private static final Logger log = LoggerFactory.getLogger(Remains.class);

    private final PoolEngine engine;
    private final Folders folders;
    private final FaultPoints faults;

    Remains(PoolEngine engine, Folders folders, FaultPoints faults) {
        this.engine = engine;
        this.folders = folders;
        this.faults = faults;
    }

    /** Removes a volume's folder with all that is in it. Absent is no error. */
    void remove(VolumeFolder folder) {
        for (Path snapshot : folders.list(folder.snapshots())) {
            remove(new SnapshotFolder(snapshot));
        }
        folders.delete(folder.snapshots());
        removeHead(folder.newHead());
        removeHead(folder.trashHead());
        removeHead(folder.head());
        faults.reach("remains.volume.emptied");
        folders.delete(folder.path());
    }

    /** Removes a snapshot's folder. Absent is no error. */
    void remove(SnapshotFolder folder) {
        engine.deleteHome(folder.home());
        faults.reach("remains.snapshot.emptied");
        folders.delete(folder.path());
    }

    /** Removes a home that is or was a head, with the small files that were kept beside the image. Absent is no error. */
    void removeHead(Path home) {
        for (Path file : folders.list(home)) {
            if (!file.equals(PoolEngine.image(home))) {
                folders.deleteFile(file);
            }
        }
        engine.deleteHome(home);
    }

    /** Removes everything below {@code volumes/} that an earlier life of this program left. One that resists stops no other. */
    void removeAll(Path volumes) {
        for (Path entry : folders.list(volumes)) {
            VolumeFolder folder = new VolumeFolder(entry);
            if (isRemains(entry)) {
                attempt(entry, () -> remove(folder));
            } else {
                attempt(entry, () -> removeInside(folder));
            }
        }
    }

    private void removeInside(VolumeFolder folder) {
        removeHead(folder.newHead());
        removeHead(folder.trashHead());
        for (Path entry : folders.list(folder.snapshots())) {
            SnapshotFolder snapshot = new SnapshotFolder(entry);
            if (isRemains(entry) && !isPartOfGroup(snapshot)) {
                attempt(entry, () -> remove(snapshot));
            }
        }
    }

    /** Such a one may have to be finished; {@code GroupSettlement} decides. */
    private static boolean isPartOfGroup(SnapshotFolder folder) {
        String name = String.valueOf(folder.path().getFileName());
        return name.startsWith(VolumeFolder.NEW)
                && folder.metadata().read().flatMap(SnapshotMetadata::group).isPresent();
    }

    static boolean isRemains(Path entry) {
        return String.valueOf(entry.getFileName()).startsWith(".");
    }

    private static void attempt(Path what, Runnable removal) {
        try {
            removal.run();
            if (isRemains(what)) {
                Directories.sync(what.getParent());
            }
        } catch (StorageException | UncheckedIOException e) {
            log.atWarn()
                    .addKeyValue("path", what)
                    .setCause(e)
                    .log("remains of interrupted work could not be removed: " + DiskFailure.problem(e));
        }
    }
}
