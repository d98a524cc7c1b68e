package io.drover.controller.volume;

import io.drover.controller.host.DiskState;
import io.drover.controller.host.HostSurvey;
import io.drover.controller.host.ReplicaAddress;
import io.drover.controller.host.ReplicaState;
import io.drover.controller.page.Page;
import io.drover.controller.placement.PlacementRequest;
import io.drover.core.error.ErrorCode;
import io.drover.core.error.StorageException;
import io.drover.core.model.ByteSize;
import io.drover.core.model.NodeId;
import io.drover.core.model.ReplicaPlacement;
import io.drover.core.model.SnapshotState;
import io.drover.core.model.Volume;
import io.drover.core.model.VolumeId;
import io.drover.core.model.VolumeParameters;
import io.drover.core.model.VolumeState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Answers what there is and how it is. Changes nothing. */
public final class VolumeQueries {
    private final VolumeRecords records;
    private final VolumeHosts hosts;
    private final VolumeTroubles troubles;

    /** Over these. */
    public VolumeQueries(VolumeRecords records, VolumeHosts hosts, VolumeTroubles troubles) {
        this.records = records;
        this.hosts = hosts;
        this.troubles = troubles;
    }

    /** The volumes that callers see, with their condition by the state of the disks: one question to each host, however many there are. */
    public Page<VolumeView> list(int maxEntries, String token) {
        HostSurvey survey = HostSurvey.of(hosts.port());
        Map<VolumeId, List<String>> known = troubles.troubles();
        return Page.of(records.visible(), Volume::key, maxEntries, token)
                .map(volume ->
                        new VolumeView(volume, VolumeConditions.of(volume, survey, List.of(), of(volume, known))));
    }

    /** All records with snapshots or work under way, too: for people. */
    public List<VolumeView> all() {
        HostSurvey survey = HostSurvey.of(hosts.port());
        Map<VolumeId, List<String>> known = troubles.troubles();
        return records.all().stream()
                .map(volume ->
                        new VolumeView(volume, VolumeConditions.of(volume, survey, List.of(), of(volume, known))))
                .toList();
    }

    /**
     * One volume, with what its hosts say about it now. A host that does not answer is part of the condition.
     *
     * @throws StorageException NOT_FOUND if callers see none of this name
     */
    public VolumeDetail detail(VolumeId id) {
        return detail(records.visible(id));
    }

    /** The same of a record in whatever state. */
    public VolumeDetail detail(Volume volume) {
        HostSurvey survey = HostSurvey.of(hosts.port());
        Map<NodeId, StorageException> silent = new TreeMap<>(survey.silent());
        List<ReplicaState> replicas = new ArrayList<>();
        for (ReplicaAddress address : ReplicaAddress.of(volume)) {
            try {
                replicas.add(hosts.port().replica(address));
            } catch (StorageException e) {
                if (e.code() != ErrorCode.NOT_FOUND || volume.state() == VolumeState.READY) {
                    silent.put(address.node(), e);
                }
            }
        }
        return new VolumeDetail(
                volume,
                VolumeConditions.of(
                        volume, new HostSurvey(survey.disks(), silent), replicas, troubles.troubles(volume)),
                replicas,
                disksOf(volume, survey),
                records.snapshots(volume.id()).stream()
                        .filter(snapshot -> snapshot.state() != SnapshotState.DELETING)
                        .toList());
    }

    /**
     * How much could be provisioned.
     *
     * @param nodes that come into question; empty = all
     * @throws StorageException UNAVAILABLE if a host in question does not answer
     */
    public Capacity capacity(VolumeParameters parameters, boolean mounted, Set<NodeId> nodes) {
        HostSurvey survey = HostSurvey.of(hosts.port());
        survey.silent().forEach((node, failure) -> {
            if (nodes.isEmpty() || nodes.contains(node)) {
                throw failure;
            }
        });
        ByteSize smallest = mounted ? parameters.fsType().minimumSize() : ByteSize.STEP;
        List<ByteSize> rooms = hosts.placer()
                .rooms(
                        new PlacementRequest(
                                smallest,
                                parameters.diskSelector(),
                                parameters.nodeSelector(),
                                nodes,
                                List.of(),
                                Optional.empty()),
                        survey.disks());
        long sum = rooms.stream().mapToLong(ByteSize::bytes).sum();
        ByteSize largest = rooms.stream().max(ByteSize::compareTo).orElse(new ByteSize(0));
        return new Capacity(new ByteSize(sum), largest, smallest);
    }

    private static List<String> of(Volume volume, Map<VolumeId, List<String>> troubles) {
        return troubles.getOrDefault(volume.id(), List.of());
    }

    private static List<DiskState> disksOf(Volume volume, HostSurvey survey) {
        return volume.placements().stream()
                .map(ReplicaPlacement::disk)
                .flatMap(disk -> survey.disk(disk).stream())
                .toList();
    }

    /**
     * What could be provisioned.
     *
     * @param available over all disks
     * @param largest one volume, which lies on one disk
     * @param smallest one volume
     */
    public record Capacity(ByteSize available, ByteSize largest, ByteSize smallest) {}
}
