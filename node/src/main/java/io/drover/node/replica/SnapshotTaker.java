package io.drover.node.replica;

import io.drover.core.error.ErrorCode;
import io.drover.core.error.StorageException;
import io.drover.core.fault.FaultPoints;
import io.drover.core.model.VolumeId;
import io.drover.node.metadata.DiskFailure;
import io.drover.node.pool.PoolEngine;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes snapshots of several replicas at one point in time. All copies are made under one freeze, then all are described durably, then
 * all get their names; a crash before the first name undoes the whole, after it the whole is finished.
 */
final class SnapshotTaker {
    private static final Logger log = LoggerFactory.getLogger(SnapshotTaker.class);

    private final Freezes freezes;
    private final Clock clock;
    private final Supplier<String> ids;
    private final FaultPoints faults;

    SnapshotTaker(Freezes freezes, Clock clock, Supplier<String> ids, FaultPoints faults) {
        this.freezes = freezes;
        this.clock = clock;
        this.ids = ids;
        this.faults = faults;
    }

    /** A member with the store that it is in. */
    record Placed(ReplicaStore store, SnapshotMember member) {
        VolumeId volume() {
            return member.replica().volume();
        }

        Optional<SnapshotMetadata> find() {
            return store.snapshots().find(volume(), member.snapshot());
        }

        SnapshotMetadata.Member entry() {
            return new SnapshotMetadata.Member(store.disk().id().value(), volume().value(), member.snapshot());
        }
    }

    /** Finishes what an interrupted call has begun, if the members have names already in part. Empty if none has. */
    Optional<List<SnapshotMetadata>> finish(List<Placed> members) {
        List<SnapshotMetadata> found =
                members.stream().flatMap(member -> member.find().stream()).toList();
        if (found.isEmpty()) {
            return Optional.empty();
        }
        Optional<String> group = found.getFirst().group().map(SnapshotMetadata.Group::id);
        for (Placed member : members) {
            Optional<SnapshotMetadata> there = member.find()
                    .or(() -> member.store()
                            .snapshots()
                            .findUnpublished(member.volume(), member.member().snapshot()));
            boolean together = members.size() == 1
                    || (group.isPresent()
                            && there.flatMap(SnapshotMetadata::group)
                                    .map(SnapshotMetadata.Group::id)
                                    .equals(group));
            if (!together) {
                throw StorageException.existsDifferent("cannot take snapshot " + member.volume() + "/"
                        + member.member().snapshot()
                        + " together with the others: some of these names are taken already, by snapshots of another moment;"
                        + " use other names, or delete those");
            }
        }
        members.stream().filter(member -> member.find().isEmpty()).forEach(SnapshotTaker::publish);
        return Optional.of(
                members.stream().map(member -> member.find().orElseThrow()).toList());
    }

    /** Takes them. On failure nothing is left. */
    List<SnapshotMetadata> take(List<Placed> members) {
        List<Placed> begun = new ArrayList<>();
        try {
            for (Placed member : members) {
                begun.add(member);
                member.store()
                        .snapshots()
                        .begin(member.volume(), member.member().snapshot());
            }
            Copied copied = copy(members);
            Optional<SnapshotMetadata.Group> group = members.size() == 1
                    ? Optional.empty()
                    : Optional.of(new SnapshotMetadata.Group(
                            ids.get(), members.stream().map(Placed::entry).toList()));
            List<SnapshotMetadata> taken = new ArrayList<>();
            for (Placed member : members) {
                taken.add(member.store()
                        .snapshots()
                        .describe(
                                member.volume(),
                                member.member().snapshot(),
                                copied,
                                group,
                                member.member().record()));
            }
            begun.clear();
            faults.reach("snapshot.allDescribed");
            members.forEach(SnapshotTaker::publish);
            return taken;
        } catch (RuntimeException e) {
            begun.forEach(SnapshotTaker::discard);
            throw DiskFailure.of("cannot take a snapshot", e);
        }
    }

    /** Copies of one moment, and what was held meanwhile. */
    record Copied(Instant when, Freezes.Hold hold) {
        boolean frozen(Path image) {
            return hold.toTheEnd() && hold.frozen().contains(image);
        }
    }

    private Copied copy(List<Placed> members) {
        List<Path> images = members.stream()
                .map(member -> PoolEngine.image(member.store().requireHead(member.volume())))
                .toList();
        AtomicReference<Instant> moment = new AtomicReference<>(clock.instant());
        Freezes.Hold hold = freezes.whileFrozen(images, () -> {
            moment.set(clock.instant());
            for (Placed member : members) {
                member.store().snapshots().copy(member.volume(), member.member().snapshot());
            }
        });
        if (!hold.toTheEnd() && members.size() > 1) {
            throw new StorageException(
                    ErrorCode.TIMEOUT,
                    "the volumes could not be held still together for long enough: the freeze's deadline came first; call again");
        }
        if (!hold.toTheEnd()) {
            log.atWarn()
                    .addKeyValue("volume", members.getFirst().volume())
                    .addKeyValue("snapshot", members.getFirst().member().snapshot())
                    .log("the freeze ended before the copy: the snapshot is as consistent as after a crash");
        }
        return new Copied(moment.get(), hold);
    }

    private static void publish(Placed member) {
        member.store().snapshots().publish(member.volume(), member.member().snapshot());
    }

    private static void discard(Placed member) {
        try {
            member.store().snapshots().discard(member.volume(), member.member().snapshot());
        } catch (StorageException e) {
            log.atWarn()
                    .addKeyValue("volume", member.volume())
                    .addKeyValue("snapshot", member.member().snapshot())
                    .log("the remains of a failed snapshot stay until the next try: " + e.getMessage());
        }
    }
}
