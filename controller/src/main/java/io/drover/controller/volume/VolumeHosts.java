package io.drover.controller.volume;

import io.drover.controller.host.HostSurvey;
import io.drover.controller.host.Hosts;
import io.drover.controller.host.NewReplica;
import io.drover.controller.host.NewSnapshot;
import io.drover.controller.host.ReplicaAddress;
import io.drover.controller.placement.DiskRules;
import io.drover.controller.placement.NodeRules;
import io.drover.controller.placement.PlacementRequest;
import io.drover.controller.placement.ReplicaPlacer;
import io.drover.core.error.ErrorCode;
import io.drover.core.error.StorageException;
import io.drover.core.model.ByteSize;
import io.drover.core.model.DiskId;
import io.drover.core.model.ReplicaPlacement;
import io.drover.core.model.Resource;
import io.drover.core.model.Settings;
import io.drover.core.model.Snapshot;
import io.drover.core.model.Volume;
import io.drover.core.model.VolumeId;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** What the operations on volumes and snapshots ask of the hosts, with the settings and the record's text form at hand. */
public final class VolumeHosts {
    private final Hosts hosts;
    private final Supplier<Settings> settings;
    private final Supplier<NodeRules> rules;
    private final Function<Resource, String> text;

    /**
     * Brings the parts together.
     *
     * @param settings the settings as they are now
     * @param rules what is said about hosts now
     * @param text a record as it is written beside the data
     */
    public VolumeHosts(
            Hosts hosts, Supplier<Settings> settings, Supplier<NodeRules> rules, Function<Resource, String> text) {
        this.hosts = hosts;
        this.settings = settings;
        this.rules = rules;
        this.text = text;
    }

    public Hosts port() {
        return hosts;
    }

    public Settings settings() {
        return settings.get();
    }

    /** By the settings, and by what is said about hosts. */
    ReplicaPlacer placer() {
        return new ReplicaPlacer(settings(), rules.get());
    }

    /**
     * Chooses the place of a new replica among the hosts that answer.
     *
     * @throws StorageException NO_SPACE if surely no disk fits; the error of a silent host if that host might have had room
     */
    ReplicaPlacement place(VolumeId id, PlacementRequest request) {
        HostSurvey survey = HostSurvey.of(hosts);
        try {
            return placer().choose(request, survey.disks());
        } catch (StorageException e) {
            survey.silent().values().stream().findFirst().ifPresent(silent -> {
                throw silent;
            });
            throw new StorageException(e.code(), "cannot create volume " + id + ": " + e.getMessage(), e);
        }
    }

    /**
     * Makes sure that a new volume gets a new replica, and not the data of one that the records have lost.
     *
     * @throws StorageException EXISTS_DIFFERENT if something of this name lies there
     */
    void requireNothingAt(VolumeId id, ReplicaPlacement place) {
        try {
            var _ = hosts.replica(ReplicaAddress.of(id, place));
        } catch (StorageException e) {
            if (e.code() == ErrorCode.NOT_FOUND) {
                return;
            }
            throw e;
        }
        throw StorageException.existsDifferent(
                "cannot create volume " + id + ": data of a volume of this name lies on disk "
                        + place.disk() + " of node " + place.node()
                        + ", though no record knows it; choose another name, or restore the record or remove the data");
    }

    void create(Volume volume, Optional<DiskId> sourceDisk) {
        for (ReplicaAddress replica : ReplicaAddress.of(volume)) {
            var _ = hosts.createReplica(new NewReplica(
                    replica, volume.size(), volume.blockBytes(), volume.source(), sourceDisk, text.apply(volume)));
        }
    }

    void delete(Volume volume, boolean withSnapshots) {
        ReplicaAddress.of(volume).forEach(replica -> hosts.deleteReplica(replica, withSnapshots));
    }

    /** Writes the volume's record beside each replica. */
    void record(Volume volume) {
        ReplicaAddress.of(volume).forEach(replica -> hosts.record(replica, text.apply(volume)));
    }

    /**
     * Refuses a disk that is full, before anything new is made on it.
     *
     * @param extra how much more the volume will promise
     * @throws StorageException NO_SPACE with the reason
     */
    public void requireRoom(String operation, Volume volume, ByteSize extra) {
        DiskRules rules = new DiskRules(settings());
        for (ReplicaAddress replica : ReplicaAddress.of(volume)) {
            hosts.describe(replica.node()).disks().stream()
                    .filter(disk -> disk.id().equals(Optional.of(replica.disk())))
                    .forEach(disk -> {
                        if (!disk.problem().isEmpty()) {
                            // Its figures mean nothing; "full" would send the reader the wrong way.
                            throw StorageException.unavailable("cannot " + operation + " volume " + volume.id()
                                    + ": disk " + disk.path() + " of node " + disk.node() + ": " + disk.problem());
                        }
                        rules.aboveWatermark(disk).ifPresent(reason -> {
                            throw StorageException.noSpace("cannot " + operation + " volume " + volume.id() + ": disk "
                                    + disk.path() + " of node " + disk.node() + ": " + reason);
                        });
                        if (extra.isLargerThan(rules.room(disk)) && extra.bytes() > 0) {
                            throw StorageException.noSpace("cannot " + operation + " volume " + volume.id() + " by "
                                    + extra + ": disk " + disk.path() + " of node " + disk.node() + " takes at most "
                                    + rules.room(disk) + " more (setting over-provisioning-percentage)");
                        }
                    });
        }
    }

    /** The orders for one snapshot on each replica. */
    public List<NewSnapshot> snapshotOrders(Volume volume, Snapshot snapshot) {
        return ReplicaAddress.of(volume).stream()
                .map(replica -> new NewSnapshot(replica, snapshot.id().name(), text.apply(snapshot)))
                .toList();
    }

    /** Who holds the volume, for messages: {@code " (/path (namespace/pod))"}, or nothing if nobody is known. */
    String usersOf(Volume volume) {
        try {
            String users = ReplicaAddress.of(volume).stream()
                    .flatMap(replica -> hosts.replica(replica).users().stream())
                    .map(Object::toString)
                    .collect(Collectors.joining(", "));
            return users.isEmpty() ? "" : ", used at " + users;
        } catch (StorageException e) {
            return ""; // only an addition to a message that is right without it
        }
    }
}
