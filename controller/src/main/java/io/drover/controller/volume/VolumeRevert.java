package io.drover.controller.volume;

import io.drover.controller.host.ReplicaAddress;
import io.drover.controller.host.RevertOutcome;
import io.drover.core.error.ErrorCode;
import io.drover.core.error.StorageException;
import io.drover.core.fault.FaultPoints;
import io.drover.core.guard.OperationGuard;
import io.drover.core.model.Snapshot;
import io.drover.core.model.SnapshotId;
import io.drover.core.model.SnapshotOrigin;
import io.drover.core.model.SnapshotState;
import io.drover.core.model.Volume;
import io.drover.core.model.VolumeId;
import io.drover.core.model.VolumeState;
import io.drover.core.store.ResourceStore;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Optional;

/**
 * Takes a detached volume back to one of its snapshots, keeping what it held as a safety snapshot. The safety snapshot's record is the
 * note that a revert is under way: while it says CREATING, whoever wants to use the volume finishes the revert first.
 */
public final class VolumeRevert {
    /** Label of a safety snapshot: the snapshot that its revert goes to. */
    public static final String REVERTS_TO = "drover.io/reverts-to";

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

    private final ResourceStore store;
    private final VolumeRecords records;
    private final VolumeHosts hosts;
    private final OperationGuard guard;
    private final FaultPoints faults;
    private final Clock clock;

    public VolumeRevert(ResourceStore store, VolumeHosts hosts, OperationGuard guard, FaultPoints faults, Clock clock) {
        this.store = store;
        this.records = new VolumeRecords(store);
        this.hosts = hosts;
        this.guard = guard;
        this.faults = faults;
        this.clock = clock;
    }

    /**
     * Makes the snapshot's content the volume's. An interrupted revert to the same snapshot is finished instead of begun again; a
     * finished one is done again, with another safety snapshot.
     *
     * @return the safety snapshot
     * @throws StorageException IN_USE while the volume is published or its device attached, naming node and pods; NOT_FOUND without the
     *     volume or the snapshot
     */
    public Snapshot revert(SnapshotId target) {
        try (var _ = guard.enter("revert", target.volume().value())) {
            Volume volume = records.ready("revert", target.volume());
            requireDetached(volume, target);
            Optional<Snapshot> finished = finishInterrupted(volume);
            if (finished.filter(safety -> targetOf(safety).equals(target.name()))
                    .isPresent()) {
                return finished.get();
            }
            requireReady(target);
            Snapshot safety = NewRecords.keep(store, safetySnapshot(volume, target));
            faults.reach("volume-revert.recorded");
            return carryOut(volume, safety);
        }
    }

    /**
     * Finishes a revert that was interrupted, if there is one; to be called under the volume's guard before its content is used.
     *
     * @return its safety snapshot
     */
    public Optional<Snapshot> finishInterrupted(Volume volume) {
        return records.snapshots(volume.id()).stream()
                .filter(snapshot ->
                        snapshot.origin() == SnapshotOrigin.SAFETY && snapshot.state() == SnapshotState.CREATING)
                .findFirst()
                .map(safety -> carryOut(volume, safety));
    }

    /** Finishes a revert that was interrupted, if there is one and the volume is detached. */
    public void finish(VolumeId id) {
        try (var _ = guard.enter("revert", id.value())) {
            records.find(id)
                    .filter(volume -> volume.state() == VolumeState.READY)
                    .filter(volume -> volume.attachment().isEmpty())
                    .ifPresent(this::finishInterrupted);
        }
    }

    private Snapshot carryOut(Volume volume, Snapshot safety) {
        RevertOutcome outcome = swap(volume, safety);
        faults.reach("volume-revert.swapped");
        if (volume.size().isLargerThan(outcome.size())) { // the snapshot is of a time before an expansion
            ReplicaAddress.of(volume).forEach(replica -> {
                var _ = hosts.port().resize(replica, volume.size());
            });
            faults.reach("volume-revert.resized");
        }
        return store.change(
                        Snapshot.class,
                        safety.key(),
                        now -> now.taken(
                                outcome.safety().createdAt(), outcome.safety().size()))
                .value();
    }

    private RevertOutcome swap(Volume volume, Snapshot safety) {
        try {
            return hosts.port()
                    .revert(
                            targetOf(safety),
                            hosts.snapshotOrders(volume, safety).getFirst());
        } catch (StorageException e) {
            if (Retry.isExpectedAfter(e)) {
                throw e;
            }
            if (e.code() == ErrorCode.INTERNAL || e.code() == ErrorCode.CORRUPT) {
                // Nobody knows whether the heads were swapped: the note stays.
                throw new StorageException(ErrorCode.NOT_READY, e.getMessage() + "; call again to continue", e);
            }
            store.delete(Snapshot.class, safety.key()); // refused before anything was done
            throw e;
        }
    }

    private void requireDetached(Volume volume, SnapshotId target) {
        volume.attachment().ifPresent(attachment -> {
            throw StorageException.inUse("cannot revert volume " + volume.id() + " to snapshot " + target.name()
                    + ": it is attached to node " + attachment.node() + hosts.usersOf(volume)
                    + "; stop what uses it, and revert then");
        });
    }

    private void requireReady(SnapshotId target) {
        Snapshot snapshot = records.snapshot(target)
                .filter(found -> found.state() != SnapshotState.DELETING)
                .orElseThrow(() -> StorageException.notFound("snapshot", target.toString()));
        if (snapshot.state() == SnapshotState.CREATING) {
            throw StorageException.notReady(
                    "cannot revert to snapshot " + target + ": it is still being taken; call again later");
        }
    }

    private Snapshot safetySnapshot(Volume volume, SnapshotId target) {
        return new Snapshot(
                unusedName(volume),
                SnapshotState.CREATING,
                SnapshotOrigin.SAFETY,
                volume.size(),
                Optional.empty(),
                Map.of(REVERTS_TO, target.name()),
                clock.instant());
    }

    private SnapshotId unusedName(Volume volume) {
        String name = "before-revert-" + TIME.format(clock.instant());
        SnapshotId id = new SnapshotId(volume.id(), name);
        for (int next = 2; records.snapshot(id).isPresent(); next++) {
            id = new SnapshotId(volume.id(), name + "-" + next);
        }
        return id;
    }

    private static String targetOf(Snapshot safety) {
        return safety.labels().getOrDefault(REVERTS_TO, "");
    }
}
