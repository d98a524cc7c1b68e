package io.drover.node.replica;

import io.drover.core.error.StorageException;
import io.drover.core.fault.FaultPoints;
import io.drover.core.guard.OperationGuard;
import io.drover.core.model.ByteRange;
import io.drover.core.model.ByteSize;
import io.drover.core.model.DiskId;
import io.drover.core.model.SnapshotId;
import io.drover.core.model.VolumeId;
import io.drover.node.metadata.DiskFailure;
import io.drover.node.pool.PoolEngine;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The replicas on this host. Every method may be called again with the same arguments after any failure or crash: it finishes what was
 * begun and answers the same. A second call for a volume while one is under way is BUSY. A disk that is not there is UNAVAILABLE, never
 * "absent".
 */
public final class Replicas {
    private final ReplicaStores stores;
    private final ReplicaUsers users;
    private final Freezes freezes;
    private final SnapshotTaker taker;
    private final FaultPoints faults;
    private final OperationGuard operations = new OperationGuard("replica of volume");
    private final OperationGuard staging;

    /**
     * @param staging the guard under which volumes are staged: a head is not taken away while somebody attaches a device to it
     * @param ids of groups of snapshots
     */
    public Replicas(
            ReplicaStores stores,
            ReplicaUsers users,
            Freezes freezes,
            OperationGuard staging,
            Clock clock,
            Supplier<String> ids,
            FaultPoints faults) {
        this.stores = stores;
        this.users = users;
        this.freezes = freezes;
        this.staging = staging;
        this.taker = new SnapshotTaker(freezes, clock, ids, faults);
        this.faults = faults;
    }

    /**
     * Makes a replica, empty or as a clone.
     *
     * @throws StorageException EXISTS_DIFFERENT if there is a different one, or snapshots of a deleted one; NOT_FOUND without the source;
     *     OUT_OF_RANGE if it would be smaller than the source; NO_SPACE above the disk's limits
     */
    public Replica create(NewReplica wanted) {
        VolumeId volume = wanted.id().volume();
        try (var _ = operations.enter("create", volume.value())) {
            ReplicaStore store = stores.require(wanted.id().disk());
            if (store.exists(volume)) {
                requireEqual(store, wanted);
                return describe(store, volume);
            }
            Optional<Path> source = wanted.source().map(from -> sourceHome(store, wanted, from));
            stores.disks()
                    .requireRoom(
                            "cannot create volume " + volume, store.disk(), store.provisionedBytes(), wanted.size());
            make(store, wanted, source);
            return describe(store, volume);
        }
    }

    /**
     * Where an image lies: a snapshot's, to be read, or the head's, to be filled by a restore.
     *
     * @param snapshot empty for the head
     * @throws StorageException NOT_FOUND without it; IN_USE while a device is attached to the head
     */
    public ImageLocation locate(ReplicaId id, Optional<String> snapshot) {
        ReplicaStore store = stores.require(id.disk());
        if (snapshot.isEmpty()) {
            Path _ = store.requireHead(id.volume());
            requireFree(store, id.volume(), "fill");
        }
        Path home = snapshot.map(name -> store.snapshots().home(id.volume(), valid(id, name)))
                .orElseGet(() -> store.requireHead(id.volume()));
        return new ImageLocation(PoolEngine.image(home), store.disk().engine().size(home));
    }

    /** Makes a head durable that was filled from outside. */
    public void seal(ReplicaId id) {
        try (var _ = operations.enter("seal", id.volume().value())) {
            stores.require(id.disk()).sync(id.volume());
        }
    }

    private static void requireEqual(ReplicaStore store, NewReplica wanted) {
        VolumeId volume = wanted.id().volume();
        String operation = "cannot create replica " + wanted.id() + ": ";
        if (!store.hasHead(volume)) {
            throw StorageException.existsDifferent(operation
                    + "snapshots of a deleted volume of this name are kept; delete them," + " or use another name");
        }
        ByteSize size = store.size(volume);
        if (!size.equals(wanted.size())) {
            throw StorageException.existsDifferent(
                    operation + "it exists with " + size + ", " + wanted.size() + " were asked for");
        }
        Optional<String> source = store.metadata(volume).source();
        Optional<String> asked = wanted.source().map(NewReplica.Source::toString);
        if (!source.equals(asked)) {
            throw StorageException.existsDifferent(operation + "it exists as a copy of " + source.orElse("nothing")
                    + ", one of " + asked.orElse("nothing") + " was asked for");
        }
    }

    private static Path sourceHome(ReplicaStore store, NewReplica wanted, NewReplica.Source source) {
        Path home = source.snapshot()
                .map(name -> store.snapshots().home(source.volume(), name))
                .orElseGet(() -> store.requireHead(source.volume()));
        ByteSize size = store.disk().engine().size(home);
        if (size.isLargerThan(wanted.size())) {
            throw StorageException.outOfRange(
                    "cannot create volume " + wanted.id().volume() + " with " + wanted.size() + ": " + source + " has "
                            + size + "; ask for at least that");
        }
        return home;
    }

    private void make(ReplicaStore store, NewReplica wanted, Optional<Path> source) {
        VolumeFolder unfinished = store.begin(wanted.id().volume());
        try {
            boolean ofHead =
                    wanted.source().filter(from -> from.snapshot().isEmpty()).isPresent();
            Runnable fill = () -> store.fill(unfinished, wanted.size(), source);
            if (ofHead) {
                // Not held to the end is a copy as after a crash, which a clone of a running volume may be.
                var _ = freezes.whileFrozen(
                        source.map(PoolEngine::image).stream().toList(), fill);
            } else {
                fill.run();
            }
            store.complete(unfinished, wanted);
        } catch (RuntimeException e) {
            discard(store, unfinished, e);
            throw DiskFailure.of("cannot create volume " + wanted.id().volume(), e);
        }
    }

    /** What cannot be removed now goes with the next try, or when the disk is opened. */
    private static void discard(ReplicaStore store, VolumeFolder unfinished, RuntimeException cause) {
        try {
            store.discard(unfinished);
        } catch (StorageException e) {
            cause.addSuppressed(e);
        }
    }

    /**
     * Removes the head, and the snapshots if told so. Absent is no error.
     *
     * @throws StorageException IN_USE while a device is attached
     */
    public void delete(ReplicaId id, boolean withSnapshots) {
        try (var _ = operations.enter("delete", id.volume().value());
                var _ = staging.enter("delete", id.volume().value())) {
            ReplicaStore store = stores.require(id.disk());
            requireFree(store, id.volume(), "delete");
            store.delete(id.volume(), withSnapshots);
        }
    }

    /** Removes a snapshot; with the last one of a volume whose head is gone, the rest of it. Absent is no error. */
    public void deleteSnapshot(ReplicaId id, String snapshot) {
        try (var _ = operations.enter("delete a snapshot of", id.volume().value())) {
            ReplicaStore store = stores.require(id.disk());
            store.snapshots().delete(id.volume(), valid(id, snapshot));
            store.deleteIfNothingIsLeft(id.volume());
        }
    }

    /** A replica with all that can be said of it. */
    public Replica get(ReplicaId id) {
        ReplicaStore store = stores.require(id.disk());
        if (!store.exists(id.volume())) {
            throw StorageException.notFound("replica", id.toString());
        }
        return describe(store, id.volume());
    }

    /**
     * The replicas on one disk or on all that are open, by disk and name; expensive figures are left out.
     *
     * @throws StorageException UNAVAILABLE if a disk does not answer: a list with gaps would read as absence
     */
    public List<Replica> list(Optional<DiskId> disk) {
        List<ReplicaStore> asked = disk.isPresent()
                ? List.of(stores.require(disk.get()))
                : stores.all().stream()
                        .map(store -> stores.require(store.disk().id()))
                        .toList();
        ReplicaUsers listed = users.atOnce();
        List<Replica> replicas = new ArrayList<>();
        for (ReplicaStore store : asked) {
            for (VolumeId volume : store.volumes()) {
                if (store.exists(volume)) {
                    replicas.add(new ReplicaDescription(store, listed).of(volume, false));
                }
            }
        }
        return replicas;
    }

    /**
     * Grows the image. Smaller than now is success without effect.
     *
     * @return its size now
     */
    public ByteSize resize(ReplicaId id, ByteSize wanted) {
        try (var _ = operations.enter("resize", id.volume().value())) {
            ReplicaStore store = stores.require(id.disk());
            ByteSize now = store.size(id.volume());
            ByteSize next = wanted.roundedUp();
            if (next.isLargerThan(now)) {
                stores.disks()
                        .requireRoom(
                                "cannot grow volume " + id.volume(),
                                store.disk(),
                                store.provisionedBytes(),
                                new ByteSize(next.bytes() - now.bytes()));
                store.grow(id.volume(), next);
            }
            return store.size(id.volume());
        }
    }

    /** Writes the volume's record beside its data. */
    public void record(ReplicaId id, String record) {
        try (var _ = operations.enter("record", id.volume().value())) {
            ReplicaStore store = stores.require(id.disk());
            if (!store.exists(id.volume())) {
                throw StorageException.notFound("replica", id.toString());
            }
            store.record(id.volume(), record);
        }
    }

    /**
     * Takes snapshots of one point in time: everything mounted is frozen before the first copy.
     *
     * @return in the order of the members
     * @throws StorageException NO_SPACE on a disk that is nearly full; EXISTS_DIFFERENT if the names are taken by snapshots that were not
     *     taken together
     */
    public List<ReplicaSnapshot> createSnapshots(List<SnapshotMember> members) {
        Set<String> volumes = new HashSet<>();
        for (SnapshotMember member : members) {
            String _ = valid(member.replica(), member.snapshot());
            if (!volumes.add(member.replica().volume().value())) {
                throw StorageException.invalid("cannot take snapshots together: volume "
                        + member.replica().volume() + " is named twice; name each volume once");
            }
        }
        if (members.isEmpty()) {
            return List.of();
        }
        try (var _ = operations.enter("take a snapshot of", volumes)) {
            List<SnapshotTaker.Placed> placed = members.stream()
                    .map(member -> new SnapshotTaker.Placed(
                            stores.require(member.replica().disk()), member))
                    .toList();
            List<SnapshotMetadata> taken = taker.finish(placed).orElseGet(() -> {
                placed.forEach(this::requireRoom);
                return taker.take(placed);
            });
            return taken.stream().map(SnapshotMetadata::toSnapshot).toList();
        }
    }

    private void requireRoom(SnapshotTaker.Placed placed) {
        Path _ = placed.store().requireHead(placed.volume());
        stores.disks()
                .requireRoomForSnapshot(
                        "cannot take snapshot " + placed.volume() + "/"
                                + placed.member().snapshot(),
                        placed.store().disk(),
                        placed.store().provisionedBytes());
    }

    /**
     * Makes a snapshot's content the head, and keeps the old head as another snapshot. The head's size stays where the snapshot was
     * smaller. Done on a nearly full disk too: it takes no space.
     *
     * @param safety what the old head is kept as; a repeat with the same name reverts nothing a second time
     * @throws StorageException IN_USE while a device is attached, naming who holds it; NOT_FOUND without the snapshot
     */
    public RevertOutcome revert(String snapshot, SnapshotMember safety) {
        ReplicaId id = safety.replica();
        VolumeId volume = id.volume();
        try (var _ = operations.enter("revert", volume.value());
                var _ = staging.enter("revert", volume.value())) {
            ReplicaStore store = stores.require(id.disk());
            String name = valid(id, snapshot);
            if (name.equals(valid(id, safety.snapshot()))) {
                throw StorageException.invalid("cannot revert volume " + volume + ": the snapshot " + name
                        + " cannot be the safety snapshot too; use another name for that");
            }
            Path head = store.requireHead(volume);
            if (!store.isReverted(volume, safety.snapshot())) {
                Path _ = store.snapshots().home(volume, name);
                requireFree(store, volume, "revert");
                keep(store, safety, head);
                faults.reach("revert.kept");
                store.revert(volume, name, safety.snapshot());
            }
            store.removeOldHead(volume);
            return new RevertOutcome(snapshot(id, safety.snapshot()), store.size(volume));
        }
    }

    /** Takes the safety snapshot, or makes sure that the one of this name holds what the head holds: an interrupted call's. */
    private void keep(ReplicaStore store, SnapshotMember safety, Path head) {
        VolumeId volume = safety.replica().volume();
        List<SnapshotTaker.Placed> kept = List.of(new SnapshotTaker.Placed(store, safety));
        if (taker.finish(kept).isEmpty()) {
            List<SnapshotMetadata> _ = taker.take(kept);
        } else if (!store.disk()
                .engine()
                .changed(store.snapshots().home(volume, safety.snapshot()), head)
                .isEmpty()) {
            throw StorageException.existsDifferent(
                    "cannot revert volume " + volume + ": a snapshot " + safety.snapshot()
                            + " exists and does not hold what the volume holds; use another name for the safety snapshot");
        }
    }

    /**
     * The byte ranges of a snapshot, ascending and merged: what is allocated, or what differs from a base of the same volume.
     *
     * @throws StorageException NOT_FOUND without either snapshot
     */
    public List<ByteRange> extents(ReplicaId id, String snapshot, Optional<String> base) {
        SnapshotStore snapshots = stores.require(id.disk()).snapshots();
        base.ifPresent(name -> valid(id, name));
        return snapshots.extents(id.volume(), valid(id, snapshot), base);
    }

    /**
     * Whether two snapshots surely have the same content, apart from what freezing a file system writes by itself.
     *
     * @throws StorageException NOT_FOUND without either snapshot
     */
    public boolean isSame(ReplicaId id, String snapshot, String base) {
        SnapshotStore snapshots = stores.require(id.disk()).snapshots();
        List<ByteRange> changed = snapshots.extents(id.volume(), valid(id, snapshot), Optional.of(valid(id, base)));
        boolean frozen = Stream.of(snapshot, base)
                .allMatch(name -> snapshots
                        .find(id.volume(), name)
                        .flatMap(SnapshotMetadata::frozen)
                        .orElse(false));
        return SnapshotComparison.isSame(
                PoolEngine.image(snapshots.home(id.volume(), snapshot)),
                PoolEngine.image(snapshots.home(id.volume(), base)),
                changed,
                frozen);
    }

    /** A snapshot's metadata. */
    public ReplicaSnapshot snapshot(ReplicaId id, String name) {
        return stores.require(id.disk())
                .snapshots()
                .find(id.volume(), valid(id, name))
                .map(SnapshotMetadata::toSnapshot)
                .orElseThrow(() ->
                        StorageException.notFound("snapshot", id.volume() + "/" + name + " on disk " + id.disk()));
    }

    private void requireFree(ReplicaStore store, VolumeId volume, String operation) {
        if (store.hasHead(volume)) {
            ReplicaUse use = users.of(volume, store.folder(volume).image());
            if (!use.isFree()) {
                throw StorageException.inUse(
                        "cannot " + operation + " volume " + volume + ": it is " + use + "; end its use first");
            }
        }
    }

    private Replica describe(ReplicaStore store, VolumeId volume) {
        return new ReplicaDescription(store, users).of(volume, true);
    }

    /** The name, checked by the rule for names that become paths. */
    private static String valid(ReplicaId id, String snapshot) {
        return new SnapshotId(id.volume(), snapshot).name();
    }
}
