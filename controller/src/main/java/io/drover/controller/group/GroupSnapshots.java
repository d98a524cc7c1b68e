package io.drover.controller.group;

import io.drover.controller.host.NewSnapshot;
import io.drover.controller.host.SnapshotCopy;
import io.drover.controller.volume.NewRecords;
import io.drover.controller.volume.Retry;
import io.drover.controller.volume.SnapshotRemoval;
import io.drover.controller.volume.Uploads;
import io.drover.controller.volume.VolumeHosts;
import io.drover.controller.volume.VolumeRecords;
import io.drover.controller.volume.VolumeRevert;
import io.drover.core.error.ErrorCode;
import io.drover.core.error.StorageException;
import io.drover.core.fault.FaultPoints;
import io.drover.core.guard.OperationGuard;
import io.drover.core.model.ByteSize;
import io.drover.core.model.GroupId;
import io.drover.core.model.NodeId;
import io.drover.core.model.Snapshot;
import io.drover.core.model.SnapshotGroup;
import io.drover.core.model.SnapshotId;
import io.drover.core.model.SnapshotOrigin;
import io.drover.core.model.SnapshotState;
import io.drover.core.model.Volume;
import io.drover.core.model.VolumeId;
import io.drover.core.store.ResourceStore;
import io.drover.core.store.Stored;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Takes, shows and deletes group snapshots. */
public final class GroupSnapshots {
    private final ResourceStore store;
    private final VolumeRecords records;
    private final VolumeHosts hosts;
    private final VolumeRevert reverts;
    private final SnapshotRemoval removal;
    private final OperationGuard volumes;
    private final FaultPoints faults;
    private final Clock clock;

    public GroupSnapshots(
            ResourceStore store,
            VolumeHosts hosts,
            VolumeRevert reverts,
            SnapshotRemoval removal,
            OperationGuard volumes,
            FaultPoints faults,
            Clock clock) {
        this.store = store;
        this.records = new VolumeRecords(store);
        this.hosts = hosts;
        this.reverts = reverts;
        this.removal = removal;
        this.volumes = volumes;
        this.faults = faults;
        this.clock = clock;
    }

    /**
     * Takes all snapshots at one moment, or finishes an earlier attempt. Calling again after success changes nothing. If it fails for
     * good, no member is left.
     *
     * @throws StorageException EXISTS_DIFFERENT if a group of this name has other volumes, NOT_FOUND without one of the volumes, IN_USE
     *     if they do not all lie on one host
     */
    public GroupView create(GroupId id, List<VolumeId> sources) {
        requireDistinct(id, sources);
        try (var _ =
                volumes.enter("snapshot", sources.stream().map(VolumeId::value).toList())) {
            Optional<SnapshotGroup> existing = find(id);
            existing.ifPresent(group -> requireSame(group, sources));
            if (existing.isPresent() && existing.get().state() == SnapshotState.READY) {
                return view(existing.get());
            }
            SnapshotGroup group = existing.isPresent() ? existing.get() : begin(id, sources);
            faults.reach("group-create.recorded");
            try {
                if (!allReady(group)) {
                    takeAnew(group);
                }
            } catch (StorageException e) {
                if (!Retry.isExpectedAfter(e)) {
                    undo(group, e);
                }
                throw e;
            }
            SnapshotGroup ready = store.change(
                            SnapshotGroup.class, group.key(), now -> now.withState(SnapshotState.READY))
                    .value();
            faults.reach("group-create.ready");
            return view(ready);
        }
    }

    /**
     * A group that is not being deleted.
     *
     * @param expected the members as the caller knows them; empty = not checked
     * @throws StorageException NOT_FOUND without the group, INVALID if it has other members
     */
    public GroupView get(GroupId id, Set<SnapshotId> expected) {
        SnapshotGroup group = find(id).filter(found -> found.state() != SnapshotState.DELETING)
                .orElseThrow(() -> StorageException.notFound("group snapshot", id.value()));
        requireMembers(group, expected);
        return view(group);
    }

    /**
     * Deletes the group and its snapshots, or finishes an earlier deletion. A group that does not exist is success.
     *
     * @param expected the members as the caller knows them; empty = not checked
     * @throws StorageException INVALID if it has other members
     */
    public void delete(GroupId id, Set<SnapshotId> expected) {
        Optional<SnapshotGroup> found = find(id);
        if (found.isEmpty()) {
            return;
        }
        requireMembers(found.get(), expected);
        List<String> keys = found.get().members().stream()
                .map(member -> member.volume().value())
                .toList();
        try (var _ = volumes.enter("delete a group snapshot of", keys)) {
            if (find(id).isPresent()) {
                found.get().members().forEach(member -> new Uploads(store).requireNoneOf("delete", member));
                remove(found.get());
            }
        }
    }

    private SnapshotGroup begin(GroupId id, List<VolumeId> sources) {
        List<Volume> members = sources.stream()
                .map(source -> records.ready("snapshot", source))
                .toList();
        Set<NodeId> nodes = members.stream()
                .flatMap(volume -> volume.placements().stream())
                .map(place -> place.node())
                .collect(Collectors.toSet());
        if (nodes.size() > 1) {
            throw StorageException.inUse("cannot take group snapshot " + id + ": its volumes lie on the nodes " + nodes
                    + ", and this version can stop the writes of one node only; group volumes of one node");
        }
        members.forEach(volume -> {
            requireNameFree(id, volume.id());
            var _ = reverts.finishInterrupted(volume);
            hosts.requireRoom("snapshot", volume, new ByteSize(0));
        });
        return NewRecords.keep(
                store,
                new SnapshotGroup(
                        id,
                        SnapshotState.CREATING,
                        sources.stream().map(source -> memberOf(id, source)).toList(),
                        clock.instant()));
    }

    private void requireNameFree(GroupId id, VolumeId volume) {
        if (records.snapshot(memberOf(id, volume)).isPresent()) {
            throw StorageException.existsDifferent("cannot take group snapshot " + id + ": volume " + volume
                    + " has a snapshot of this name already; choose another name");
        }
    }

    private boolean allReady(SnapshotGroup group) {
        return group.members().stream()
                .allMatch(member -> records.snapshot(member)
                        .filter(snapshot -> snapshot.state() == SnapshotState.READY)
                        .isPresent());
    }

    /** An interrupted attempt may have taken some members only: those are of another moment, and go. */
    private void takeAnew(SnapshotGroup group) {
        group.members().forEach(member -> records.snapshot(member).ifPresent(removal::remove));
        take(group);
    }

    private void take(SnapshotGroup group) {
        List<Snapshot> members = new ArrayList<>();
        List<NewSnapshot> orders = new ArrayList<>();
        for (SnapshotId member : group.members()) {
            Volume volume = records.ready("snapshot", member.volume());
            Snapshot snapshot = beginMember(group, volume);
            members.add(snapshot);
            orders.addAll(hosts.snapshotOrders(volume, snapshot));
        }
        faults.reach("group-create.members-recorded");
        List<SnapshotCopy> copies =
                hosts.port().createSnapshots(orders.getFirst().replica().node(), orders);
        faults.reach("group-create.taken");
        for (int i = 0; i < members.size(); i++) {
            SnapshotCopy copy = copies.get(i);
            store.change(Snapshot.class, members.get(i).key(), now -> now.taken(copy.createdAt(), copy.size()));
            faults.reach("group-create.member-ready");
        }
    }

    private Snapshot beginMember(SnapshotGroup group, Volume volume) {
        return NewRecords.keep(
                store,
                new Snapshot(
                        memberOf(group.id(), volume.id()),
                        SnapshotState.CREATING,
                        SnapshotOrigin.CSI,
                        volume.size(),
                        Optional.of(group.id()),
                        Map.of(),
                        clock.instant()));
    }

    private void undo(SnapshotGroup group, StorageException cause) {
        try {
            if (cause.code() == ErrorCode.EXISTS_DIFFERENT) { // what is there then is not ours to remove
                group.members().forEach(member -> store.delete(Snapshot.class, Snapshot.key(member)));
                store.delete(SnapshotGroup.class, group.key());
            } else {
                remove(group);
            }
        } catch (StorageException e) {
            throw Retry.because("take group snapshot " + group.id(), cause, e);
        }
    }

    private void remove(SnapshotGroup group) {
        store.change(SnapshotGroup.class, group.key(), now -> now.withState(SnapshotState.DELETING));
        faults.reach("group-delete.recorded");
        for (SnapshotId member : group.members()) {
            records.snapshot(member).ifPresent(removal::remove);
            records.find(member.volume()).ifPresent(removal::removeIfUnused);
            faults.reach("group-delete.member-removed");
        }
        store.delete(SnapshotGroup.class, group.key());
    }

    private Optional<SnapshotGroup> find(GroupId id) {
        return store.find(SnapshotGroup.class, id.value()).map(Stored::value);
    }

    private GroupView view(SnapshotGroup group) {
        return new GroupView(
                group,
                group.members().stream()
                        .flatMap(member -> records.snapshot(member).stream())
                        .toList());
    }

    /** Every member is named like its group; the volume tells them apart. */
    private static SnapshotId memberOf(GroupId group, VolumeId volume) {
        return new SnapshotId(volume, group.value());
    }

    private static void requireDistinct(GroupId id, List<VolumeId> sources) {
        if (sources.isEmpty()) {
            throw StorageException.invalid(
                    "cannot take group snapshot " + id + ": no volume is named; name at least one");
        }
        if (new HashSet<>(sources).size() < sources.size()) {
            throw StorageException.invalid(
                    "cannot take group snapshot " + id + ": a volume is named twice; name each once");
        }
    }

    private static void requireSame(SnapshotGroup group, List<VolumeId> sources) {
        if (group.state() == SnapshotState.DELETING) {
            throw StorageException.notReady("cannot take group snapshot " + group.id()
                    + ": an earlier one of this name is still being deleted; call again later");
        }
        Set<VolumeId> present = group.members().stream().map(SnapshotId::volume).collect(Collectors.toSet());
        if (!present.equals(Set.copyOf(sources))) {
            throw StorageException.existsDifferent("cannot take group snapshot " + group.id()
                    + ": it exists with the volumes " + present + "; choose another name or name these");
        }
    }

    private static void requireMembers(SnapshotGroup group, Set<SnapshotId> expected) {
        if (!expected.isEmpty() && !expected.equals(Set.copyOf(group.members()))) {
            throw StorageException.invalid("the list of snapshots does not match group snapshot " + group.id()
                    + ", which consists of "
                    + group.members().stream().map(SnapshotId::handle).toList() + "; give this list or none");
        }
    }
}
