package io.drover.controller.placement;

import io.drover.controller.host.DiskState;
import io.drover.core.error.StorageException;
import io.drover.core.model.ByteSize;
import io.drover.core.model.ReplicaPlacement;
import io.drover.core.model.Settings;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Chooses the disk of a new replica. The filters, in this order: usable, the source's disk, topology, tags of disk and node, takes new volumes, watermark,
 * room. Of what is left the highest weight wins; equal weights go by the disk's id, so that the choice can be foretold.
 */
public final class ReplicaPlacer {
    /** Free space counts most: a thin volume grows into it. Weights as in comparable schedulers; they sum to 100. */
    private static final int FREE_SPACE = 40;

    private static final int OVER_COMMITMENT = 35;
    private static final int REPLICA_COUNT = 25;

    private final DiskRules rules;
    private final NodeRules nodes;

    public ReplicaPlacer(Settings settings, NodeRules nodes) {
        this.rules = new DiskRules(settings);
        this.nodes = nodes;
    }

    /**
     * Chooses one place.
     *
     * @throws StorageException NO_SPACE if no disk fits, with the reason of each
     */
    public ReplicaPlacement choose(PlacementRequest request, List<DiskState> disks) {
        List<String> reasons = new ArrayList<>();
        List<DiskState> fitting = new ArrayList<>();
        for (DiskState disk : disks) {
            Optional<String> reason = reasonAgainst(disk, request);
            reason.ifPresent(text -> reasons.add("disk " + disk.path() + " of node " + disk.node() + ": " + text));
            if (reason.isEmpty()) {
                fitting.add(disk);
            }
        }
        return fitting.stream()
                .max(preference(request))
                .flatMap(disk -> disk.id().map(id -> new ReplicaPlacement(disk.node(), id)))
                .orElseThrow(() -> StorageException.noSpace("no disk takes a volume of " + request.size() + ": "
                        + (reasons.isEmpty() ? "there is no disk; add one" : String.join("; ", reasons))));
    }

    /** The rooms of the disks that would be considered, whatever the size. */
    public List<ByteSize> rooms(PlacementRequest request, List<DiskState> disks) {
        return disks.stream()
                .filter(disk -> reasonAgainst(disk, request).isEmpty())
                .map(rules::room)
                .toList();
    }

    private Optional<String> reasonAgainst(DiskState disk, PlacementRequest request) {
        if (!disk.isHealthy()) {
            return Optional.of(disk.problem().isEmpty() ? "it has no identity yet" : disk.problem());
        }
        if (request.sourceDisk().isPresent() && !request.sourceDisk().equals(disk.id())) {
            return Optional.of("the source lies on another disk, and a clone can only be made there");
        }
        if (!request.requisiteNodes().isEmpty() && !request.requisiteNodes().contains(disk.node())) {
            return Optional.of("its node is not among those that the request's topology (drover.io/node) allows");
        }
        List<String> missing = request.diskSelector().stream()
                .filter(tag -> !disk.tags().contains(tag))
                .toList();
        if (!missing.isEmpty()) {
            return Optional.of("it does not carry the tags " + missing + " of diskSelector");
        }
        NodeRules.NodeRule node = nodes.of(disk.node());
        List<String> missingOfNode = request.nodeSelector().stream()
                .filter(tag -> !node.tags().contains(tag))
                .toList();
        if (!missingOfNode.isEmpty()) {
            return Optional.of("its node does not carry the tags " + missingOfNode + " of nodeSelector");
        }
        if (node.closed().isPresent()) {
            return node.closed();
        }
        if (!disk.schedulable()) {
            return Optional.of("it is set to take no new volumes");
        }
        Optional<String> watermark = rules.aboveWatermark(disk);
        if (watermark.isPresent()) {
            return watermark;
        }
        ByteSize room = rules.room(disk);
        return request.size().isLargerThan(room)
                ? Optional.of("it takes at most " + room + " more (" + disk.provisioned() + " are promised to "
                        + disk.replicas() + " volumes on " + disk.capacity()
                        + "; setting over-provisioning-percentage)")
                : Optional.empty();
    }

    private static Comparator<DiskState> preference(PlacementRequest request) {
        return Comparator.<DiskState>comparingInt(disk -> -preferenceRank(disk, request))
                .thenComparingDouble(ReplicaPlacer::weight)
                .thenComparing(disk -> disk.id().map(Object::toString).orElse(""), Comparator.reverseOrder());
    }

    private static int preferenceRank(DiskState disk, PlacementRequest request) {
        int rank = request.preferredNodes().indexOf(disk.node());
        return rank < 0 ? request.preferredNodes().size() : rank;
    }

    private static double weight(DiskState disk) {
        double capacity = Math.max(1, disk.capacity().bytes());
        double free = disk.available().bytes() / capacity;
        double committed = disk.provisioned().bytes() / capacity;
        return FREE_SPACE * free + OVER_COMMITMENT / (1 + committed) + REPLICA_COUNT / (1.0 + disk.replicas());
    }
}
