package io.drover.controller.volume;

import io.drover.controller.placement.PlacementRequest;
import io.drover.core.error.ErrorCode;
import io.drover.core.error.StorageException;
import io.drover.core.fault.FaultPoints;
import io.drover.core.guard.OperationGuard;
import io.drover.core.model.ByteSize;
import io.drover.core.model.DiskId;
import io.drover.core.model.FileSystemType;
import io.drover.core.model.ReplicaPlacement;
import io.drover.core.model.Snapshot;
import io.drover.core.model.SnapshotState;
import io.drover.core.model.Volume;
import io.drover.core.model.VolumeId;
import io.drover.core.model.VolumeParameters;
import io.drover.core.model.VolumeSource;
import io.drover.core.model.VolumeState;
import io.drover.core.store.ResourceStore;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Makes volumes: blank, as clones of volumes and snapshots, or restored from backups. */
public final class VolumeCreation {
    private final ResourceStore store;
    private final VolumeRecords records;
    private final VolumeHosts hosts;
    private final VolumeRevert reverts;
    private final Restores restores;
    private final OperationGuard guard;
    private final FaultPoints faults;
    private final Clock clock;

    public VolumeCreation(
            ResourceStore store,
            VolumeHosts hosts,
            VolumeRevert reverts,
            Restores restores,
            OperationGuard guard,
            FaultPoints faults,
            Clock clock) {
        this.store = store;
        this.records = new VolumeRecords(store);
        this.hosts = hosts;
        this.reverts = reverts;
        this.restores = restores;
        this.guard = guard;
        this.faults = faults;
        this.clock = clock;
    }

    /**
     * Makes the volume, or finishes an earlier attempt of the same name. Calling again after success changes nothing. If the process
     * ends inside, the record stays as CREATING, and the same call goes on with the place that it names.
     *
     * <p>A code that tells the caller to give up (all but UNAVAILABLE, TIMEOUT, BUSY and NOT_READY) means that nothing half-made is left:
     * the sidecars then never call again.
     *
     * @throws StorageException EXISTS_DIFFERENT if a volume of this name differs, NOT_FOUND without the source, OUT_OF_RANGE for an
     *     impossible size, NO_SPACE if no disk takes it, NOT_READY while it is being restored
     */
    public Volume create(VolumeSpecification wanted) {
        return create(wanted, Map.of());
    }

    /**
     * The same, with credentials for a backup in a store that is given by URL; for this call only.
     */
    public Volume create(VolumeSpecification wanted, Map<String, String> credentials) {
        try (var _ = guard.enter("create", guardedKeys(wanted))) {
            Optional<Volume> existing = records.find(wanted.id());
            existing.ifPresent(volume -> VolumeComparison.requireEqual(volume, wanted));
            if (existing.isPresent() && existing.get().state() == VolumeState.READY) {
                return existing.get();
            }
            Volume volume = existing.isPresent() ? existing.get() : begin(wanted, credentials);
            faults.reach("volume-create.recorded");
            makeReplica(volume);
            faults.reach("volume-create.replica-made");
            if (volume.source() instanceof VolumeSource.FromBackup) {
                makeOrUndo(volume, () -> restores.fill(volume, credentials));
                faults.reach("volume-create.restored");
                // Beside the data too: whoever rebuilds lost records must not take it for a restore that was
                // interrupted.
                hosts.record(volume.withState(VolumeState.READY));
            }
            return store.change(Volume.class, volume.key(), now -> now.withState(VolumeState.READY))
                    .value();
        }
    }

    /** The source is guarded too: it must not change or vanish while it is cloned. */
    private static List<String> guardedKeys(VolumeSpecification wanted) {
        Stream<VolumeId> source = switch (wanted.source()) {
            case VolumeSource.Blank() -> Stream.empty();
            case VolumeSource.FromBackup(var _, var _) -> Stream.empty();
            case VolumeSource.FromVolume(var volume) -> Stream.of(volume);
            case VolumeSource.FromSnapshot(var snapshot) -> Stream.of(snapshot.volume());
        };
        return Stream.concat(Stream.of(wanted.id()), source)
                .map(VolumeId::value)
                .distinct()
                .toList();
    }

    /** Decides everything that is decided once, and writes it down before anything is made. */
    private Volume begin(VolumeSpecification wanted, Map<String, String> credentials) {
        Optional<Source> source = findSource(wanted.source(), credentials);
        VolumeParameters parameters = parametersFor(wanted, source);
        ByteSize minimum = wanted.mountAllowed() ? parameters.fsType().minimumSize() : ByteSize.STEP;
        ByteSize size = wanted.size().choose(source.map(Source::size), minimum);
        requireEnoughPlaces(wanted);
        ReplicaPlacement place = hosts.place(
                wanted.id(),
                new PlacementRequest(
                        size,
                        wanted.parameters().diskSelector(),
                        wanted.parameters().nodeSelector(),
                        wanted.requisiteNodes(),
                        wanted.preferredNodes(),
                        source.flatMap(Source::disk)));
        hosts.requireNothingAt(wanted.id(), place);
        Volume volume = new Volume(
                wanted.id(),
                size,
                parameters,
                wanted.accessModes(),
                wanted.blockAllowed(),
                wanted.mountAllowed(),
                source.map(Source::recorded).orElse(wanted.source()),
                VolumeState.CREATING,
                List.of(place),
                Optional.empty(),
                0,
                source.map(Source::blockBytes).orElse(Volume.BLOCK_BYTES),
                Map.of(),
                clock.instant());
        return NewRecords.keep(store, volume);
    }

    /** A copy carries the file system of its source: it is taken over, and another one asked for is refused here, not at the mount. */
    private static VolumeParameters parametersFor(VolumeSpecification wanted, Optional<Source> source) {
        Optional<FileSystemType> present = source.flatMap(Source::fileSystem).filter(_ -> wanted.mountAllowed());
        FileSystemType asked = wanted.parameters().fsType();
        if (wanted.fsTypeChosen() && present.isPresent() && present.get() != asked) {
            throw StorageException.invalid("cannot create volume " + wanted.id() + " with " + asked.text()
                    + ": its source carries " + present.get().text() + "; ask for this, or leave fsType out");
        }
        return wanted.parameters().withFsType(present.orElse(asked));
    }

    /** One replica is all there can be until replication exists (design, section 7). */
    private void requireEnoughPlaces(VolumeSpecification wanted) {
        int replicas = wanted.parameters().numberOfReplicas();
        if (replicas > 1 && !hosts.settings().allowDegradedCreation()) {
            throw StorageException.noSpace("cannot create volume " + wanted.id() + ": 1 of " + replicas
                    + " replicas is possible and the setting allow-degraded-creation is off;"
                    + " lower numberOfReplicas or switch the setting on");
        }
    }

    private Optional<Source> findSource(VolumeSource source, Map<String, String> credentials) {
        return switch (source) {
            case VolumeSource.Blank() -> Optional.empty();
            case VolumeSource.FromBackup wanted -> Optional.of(Source.of(restores.find(wanted, credentials)));
            case VolumeSource.FromVolume(var id) -> {
                Volume volume = records.ready("clone", id);
                var _ = reverts.finishInterrupted(volume);
                yield Optional.of(Source.of(volume, volume.size(), source));
            }
            case VolumeSource.FromSnapshot(var id) -> {
                Snapshot snapshot = records.snapshot(id)
                        .filter(found -> found.state() != SnapshotState.DELETING)
                        .orElseThrow(() -> StorageException.notFound("snapshot", id.handle()));
                if (snapshot.state() == SnapshotState.CREATING) {
                    throw StorageException.notReady(
                            "snapshot " + id + " is still being taken; repeat its creation, then call again");
                }
                Volume volume = records.find(id.volume())
                        .orElseThrow(
                                () -> StorageException.corrupt(
                                        "snapshot " + id
                                                + " is recorded but its volume's record is gone; restore the record from the data directory's backup"));
                yield Optional.of(Source.of(volume, snapshot.size(), source));
            }
        };
    }

    private static DiskId diskOf(Volume volume) {
        return volume.placements().getFirst().disk();
    }

    private void makeReplica(Volume volume) {
        makeOrUndo(volume, () -> hosts.create(volume, sourceDisk(volume)));
    }

    private void makeOrUndo(Volume volume, Runnable step) {
        try {
            step.run();
        } catch (StorageException e) {
            if (Retry.isExpectedAfter(e)) {
                throw e;
            }
            undo(volume, e);
            throw e;
        }
    }

    /** A clone lies where its source does. */
    private static Optional<DiskId> sourceDisk(Volume volume) {
        return switch (volume.source()) {
            case VolumeSource.Blank(), VolumeSource.FromBackup(var _, var _) -> Optional.empty();
            case VolumeSource.FromVolume(var _), VolumeSource.FromSnapshot(var _) -> Optional.of(diskOf(volume));
        };
    }

    /**
     * The record says so first: another controller that goes on with the same creation then fails to call it ready, and one that has
     * done so already keeps its replica.
     */
    private void undo(Volume volume, StorageException cause) {
        try {
            if (cause.code() != ErrorCode.EXISTS_DIFFERENT) { // what is there then is not ours to remove
                store.change(Volume.class, volume.key(), VolumeCreation::givenUp);
                faults.reach("volume-create.given-up");
                hosts.delete(volume, true);
            }
            store.delete(Volume.class, volume.key());
        } catch (StorageException e) {
            throw Retry.because("create volume " + volume.id(), cause, e);
        }
    }

    private static Volume givenUp(Volume now) {
        if (now.state() != VolumeState.CREATING && now.state() != VolumeState.DELETING) {
            throw StorageException.busy("volume " + now.id() + " was finished elsewhere just now");
        }
        return now.withState(VolumeState.DELETING);
    }

    /**
     * What a volume is filled with.
     *
     * @param recorded as it is written down
     * @param disk where a clone has to lie
     * @param fileSystem that it carries, if that is known
     */
    private record Source(
            VolumeSource recorded,
            ByteSize size,
            int blockBytes,
            Optional<DiskId> disk,
            Optional<FileSystemType> fileSystem) {
        /** A volume as it is, or as it was in a snapshot. */
        static Source of(Volume volume, ByteSize size, VolumeSource recorded) {
            return new Source(
                    recorded,
                    size,
                    volume.blockBytes(),
                    Optional.of(diskOf(volume)),
                    volume.mountAllowed() ? Optional.of(volume.parameters().fsType()) : Optional.empty());
        }

        static Source of(Restores.Origin origin) {
            return new Source(
                    origin.source(), origin.size(), origin.blockBytes(), Optional.empty(), origin.fileSystem());
        }
    }
}
