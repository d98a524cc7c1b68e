package io.drover.controller.attachment;

import io.drover.controller.host.Hosts;
import io.drover.controller.volume.VolumeRecords;
import io.drover.controller.volume.VolumeRevert;
import io.drover.core.error.StorageException;
import io.drover.core.fault.FaultPoints;
import io.drover.core.guard.OperationGuard;
import io.drover.core.model.Attachment;
import io.drover.core.model.NodeId;
import io.drover.core.model.ReplicaPlacement;
import io.drover.core.model.Volume;
import io.drover.core.model.VolumeId;
import io.drover.core.model.VolumeState;
import io.drover.core.store.ResourceStore;
import java.time.Clock;
import java.util.Optional;

/** Publishes volumes to hosts and takes them back. */
public final class Attachments {
    private final ResourceStore store;
    private final VolumeRecords records;
    private final Hosts hosts;
    private final VolumeRevert reverts;
    private final OperationGuard guard;
    private final FaultPoints faults;
    private final Clock clock;

    public Attachments(
            ResourceStore store,
            Hosts hosts,
            VolumeRevert reverts,
            OperationGuard guard,
            FaultPoints faults,
            Clock clock) {
        this.store = store;
        this.records = new VolumeRecords(store);
        this.hosts = hosts;
        this.reverts = reverts;
        this.guard = guard;
        this.faults = faults;
        this.clock = clock;
    }

    /**
     * Gives the volume to a host. The same request again changes nothing and answers the same epoch.
     *
     * @return the volume, with its attachment
     * @throws StorageException NOT_FOUND without the volume or the node, IN_USE if another host has the volume or this one holds no
     *     replica, EXISTS_DIFFERENT if this host has it in another way, INVALID if the volume was not made for this use
     */
    public Volume publish(AttachmentRequest wanted) {
        try (var _ = guard.enter("publish", wanted.volume().value())) {
            Volume volume = records.ready("publish", wanted.volume());
            if (!hosts.nodes().contains(wanted.node())) {
                throw StorageException.notFound("node", wanted.node().value());
            }
            requireMadeFor(volume, wanted);
            Optional<Attachment> now = volume.attachment();
            if (now.isPresent()) {
                requireSame(volume, now.get(), wanted);
                return volume;
            }
            requireReplicaOn(volume, wanted.node());
            var _ = reverts.finishInterrupted(volume);
            Volume published = store.change(Volume.class, volume.key(), latest -> attached(latest, wanted))
                    .value();
            faults.reach("volume-publish.recorded");
            return published;
        }
    }

    /**
     * Takes the volume back from a host. A volume that does not exist, or that the host does not have, is success.
     *
     * @param node empty = from whichever host has it
     */
    public void unpublish(VolumeId id, Optional<NodeId> node) {
        try (var _ = guard.enter("unpublish", id.value())) {
            Optional<Volume> volume = records.find(id);
            if (volume.isPresent() && has(volume.get(), node)) {
                store.change(Volume.class, id.value(), latest -> has(latest, node) ? latest.detached() : latest);
                faults.reach("volume-unpublish.recorded");
            }
        }
    }

    /**
     * Decided on the record as it is when it is written: another controller, which lost the lead and does not know it yet, may have been
     * here since it was read.
     */
    private Volume attached(Volume latest, AttachmentRequest wanted) {
        if (latest.state() != VolumeState.READY) {
            throw StorageException.busy("cannot publish volume " + latest.id() + ": it is being deleted; call again");
        }
        if (latest.attachment().isPresent()) {
            requireSame(latest, latest.attachment().get(), wanted);
            return latest;
        }
        return latest.attached(new Attachment(
                wanted.node(),
                wanted.accessMode(),
                wanted.block(),
                wanted.accessMode().isReadOnly(),
                latest.epoch() + 1,
                clock.instant()));
    }

    private static boolean has(Volume volume, Optional<NodeId> node) {
        return volume.attachment()
                .filter(attachment -> node.isEmpty() || node.get().equals(attachment.node()))
                .isPresent();
    }

    private static void requireMadeFor(Volume volume, AttachmentRequest wanted) {
        boolean possible = wanted.block() ? volume.blockAllowed() : volume.mountAllowed();
        if (!possible) {
            throw StorageException.invalid("cannot publish volume " + volume.id() + " as "
                    + (wanted.block()
                            ? "a raw block device: it was created to be mounted"
                            : "a file system: it was created as a raw block device")
                    + "; publish it as it was created");
        }
    }

    private static void requireSame(Volume volume, Attachment now, AttachmentRequest wanted) {
        if (!now.node().equals(wanted.node())) {
            throw StorageException.inUse("cannot publish volume " + volume.id() + " to node " + wanted.node()
                    + ": it is published to node " + now.node() + "; unpublish it there first");
        }
        if (now.accessMode() != wanted.accessMode() || now.block() != wanted.block()) {
            throw StorageException.existsDifferent("cannot publish volume " + volume.id() + " to node " + wanted.node()
                    + ": it is published there with access mode " + now.accessMode() + " as "
                    + (now.block() ? "a block device" : "a file system") + "; unpublish it first or ask for the same");
        }
    }

    /** A host reaches only its own replicas until replication exists (design, section 7). */
    private static void requireReplicaOn(Volume volume, NodeId node) {
        if (volume.placements().stream().map(ReplicaPlacement::node).noneMatch(node::equals)) {
            throw StorageException.inUse("cannot publish volume " + volume.id() + " to node " + node
                    + ": its data lies on node "
                    + volume.placements().getFirst().node()
                    + ", and this version serves it only there; schedule the workload to that node");
        }
    }
}
