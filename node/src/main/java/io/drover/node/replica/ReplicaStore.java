package io.drover.node.replica;

import io.drover.core.error.StorageException;
import io.drover.core.fault.FaultPoints;
import io.drover.core.model.ByteSize;
import io.drover.core.model.VolumeId;
import io.drover.core.sys.FileCalls;
import io.drover.node.disk.Disk;
import io.drover.node.pool.PoolEngine;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The replicas on one disk. One operation per volume at a time: the caller's guard sees to that. */
final class ReplicaStore {
    private static final Logger log = LoggerFactory.getLogger(ReplicaStore.class);

    private final Disk disk;
    private final PoolEngine engine;
    private final Folders folders;
    private final Remains remains;
    private final SnapshotStore snapshots;
    private final HeadRevert revert;
    private final FaultPoints faults;
    /** Sizes of the heads; the files say the same, but would have to be asked one by one for each sum. */
    private final Map<VolumeId, Long> sizes = new ConcurrentHashMap<>();

    private ReplicaStore(Disk disk, FileCalls files, FaultPoints faults) {
        this.disk = disk;
        this.engine = disk.engine();
        this.folders = new Folders(files);
        this.faults = faults;
        this.remains = new Remains(engine, folders, faults);
        this.snapshots = new SnapshotStore(disk, folders, remains, faults);
        this.revert = new HeadRevert(engine, folders, remains, faults);
    }

    /** Cleans up after an earlier life of this program, and looks what is there. */
    static ReplicaStore open(Disk disk, FileCalls files, FaultPoints faults) {
        ReplicaStore store = new ReplicaStore(disk, files, faults);
        store.remains.removeAll(disk.volumes());
        for (VolumeId volume : store.volumes()) {
            store.noteSize(volume);
        }
        return store;
    }

    Disk disk() {
        return disk;
    }

    SnapshotStore snapshots() {
        return snapshots;
    }

    /** Sum of the sizes of all heads. */
    long provisionedBytes() {
        return sizes.values().stream().mapToLong(Long::longValue).sum();
    }

    /** How many heads there are. */
    long count() {
        return sizes.size();
    }

    /** All volumes that have a folder, by name. */
    List<VolumeId> volumes() {
        List<VolumeId> volumes = new ArrayList<>();
        for (Path entry : folders.list(disk.volumes())) {
            if (!Remains.isRemains(entry)) {
                try {
                    volumes.add(new VolumeId(String.valueOf(entry.getFileName())));
                } catch (StorageException e) {
                    log.atWarn().addKeyValue("path", entry).log("not a volume's folder; left alone");
                }
            }
        }
        volumes.sort(null);
        return volumes;
    }

    /** Whether anything of the volume is here: a head or snapshots. */
    boolean exists(VolumeId volume) {
        return folders.exists(folder(volume).path());
    }

    boolean hasHead(VolumeId volume) {
        return folders.exists(folder(volume).head());
    }

    /** @throws StorageException NOT_FOUND if there is no head */
    Path requireHead(VolumeId volume) {
        if (!hasHead(volume)) {
            throw StorageException.notFound("replica", new ReplicaId(volume, disk.id()).toString());
        }
        return folder(volume).head();
    }

    VolumeFolder folder(VolumeId volume) {
        return VolumeFolder.of(disk.volumes(), volume);
    }

    VolumeMetadata metadata(VolumeId volume) {
        return folder(volume)
                .metadata()
                .read()
                .orElseThrow(() -> StorageException.corrupt("the record of volume " + volume + " is missing: "
                        + folder(volume).metadata().path() + "; restore the file, or delete the volume"));
    }

    ByteSize size(VolumeId volume) {
        return engine.size(requireHead(volume));
    }

    long allocatedBytes(VolumeId volume) {
        return engine.usage(requireHead(volume)).allocated().bytes();
    }

    /** What a new replica is made in: whatever an interrupted call left of it goes. */
    VolumeFolder begin(VolumeId volume) {
        VolumeFolder unfinished = VolumeFolder.unfinished(disk.volumes(), volume);
        if (folders.exists(unfinished.path())) {
            remains.remove(unfinished);
        }
        folders.create(unfinished.path());
        folders.create(unfinished.snapshots());
        faults.reach("create.begun");
        return unfinished;
    }

    /** The new head, of zeros or of what the source holds. */
    void fill(VolumeFolder unfinished, ByteSize size, Optional<Path> source) {
        if (source.isEmpty()) {
            engine.createHome(unfinished.head(), size);
        } else {
            engine.cloneHome(source.get(), unfinished.head(), false);
        }
        faults.reach("create.filled");
    }

    /** Gives the new replica its size, its record and its name. From here on it is there. */
    void complete(VolumeFolder unfinished, NewReplica wanted) {
        if (wanted.size().isLargerThan(engine.size(unfinished.head()))) {
            engine.grow(unfinished.head(), wanted.size());
            faults.reach("create.grown");
        }
        folders.deleteFile(HeadRevert.marker(unfinished.head()));
        VolumeId volume = wanted.id().volume();
        unfinished
                .metadata()
                .write(new VolumeMetadata(
                        volume.value(),
                        wanted.source().map(NewReplica.Source::toString),
                        wanted.record(),
                        Optional.of(wanted.blocks().value())));
        faults.reach("create.described");
        folders.rename(unfinished.path(), folder(volume).path());
        faults.reach("create.published");
        noteSize(volume);
    }

    void discard(VolumeFolder unfinished) {
        remains.remove(unfinished);
    }

    /** Removes the head, and the snapshots if told so or if there are none. Absent is no error. */
    void delete(VolumeId volume, boolean withSnapshots) {
        VolumeFolder trash = VolumeFolder.trash(disk.volumes(), volume);
        remains.remove(trash);
        VolumeFolder folder = folder(volume);
        if (!folders.exists(folder.path())) {
            sizes.remove(volume);
            return;
        }
        if (withSnapshots || snapshots.isEmpty(volume)) {
            folders.rename(folder.path(), trash.path());
            faults.reach("delete.renamed");
            sizes.remove(volume);
            remains.remove(trash);
            return;
        }
        remains.removeHead(folder.trashHead());
        if (hasHead(volume)) {
            folders.rename(folder.head(), folder.trashHead());
            faults.reach("delete.headRenamed");
        }
        sizes.remove(volume);
        remains.removeHead(folder.trashHead());
    }

    /** Removes the folder of a volume that has neither head nor snapshots any more. */
    void deleteIfNothingIsLeft(VolumeId volume) {
        if (exists(volume) && !hasHead(volume) && snapshots.isEmpty(volume)) {
            delete(volume, true);
        }
    }

    void grow(VolumeId volume, ByteSize size) {
        engine.grow(requireHead(volume), size);
        faults.reach("resize.grown");
        noteSize(volume);
    }

    void record(VolumeId volume, String record) {
        folder(volume).metadata().write(metadata(volume).withRecord(record));
        faults.reach("record.written");
    }

    /** Makes what somebody wrote into the head image durable. */
    void sync(VolumeId volume) {
        folders.sync(PoolEngine.image(requireHead(volume)));
        faults.reach("seal.synced");
    }

    /** Whether this revert has been done. */
    boolean isReverted(VolumeId volume, String safety) {
        return revert.isDone(folder(volume), safety);
    }

    void revert(VolumeId volume, String snapshot, String safety) {
        revert.run(folder(volume), snapshots.home(volume, snapshot), safety);
        noteSize(volume);
    }

    /** Removes the head that a revert has replaced. Absent is no error. */
    void removeOldHead(VolumeId volume) {
        remains.removeHead(folder(volume).newHead());
    }

    private void noteSize(VolumeId volume) {
        try {
            if (hasHead(volume)) {
                sizes.put(volume, engine.size(folder(volume).head()).bytes());
            }
        } catch (StorageException e) {
            log.atWarn()
                    .addKeyValue("volume", volume)
                    .addKeyValue("disk", disk.id())
                    .log(e.getMessage());
        }
    }
}
