package io.drover.controller.volume;

import io.drover.controller.host.ReplicaAddress;
import io.drover.core.error.StorageException;
import io.drover.core.fault.FaultPoints;
import io.drover.core.guard.OperationGuard;
import io.drover.core.model.ByteSize;
import io.drover.core.model.Volume;
import io.drover.core.model.VolumeId;
import io.drover.core.model.VolumeParameters;
import io.drover.core.store.ResourceStore;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;

/** Grows volumes and changes those of their parameters that can change. */
public final class VolumeChanges {
    private final ResourceStore store;
    private final VolumeRecords records;
    private final VolumeHosts hosts;
    private final BiConsumer<Volume, Volume> rule;
    private final OperationGuard guard;
    private final FaultPoints faults;

    /**
     * Over these.
     *
     * @param rule throws INVALID if a volume with other parameters is not to become what it would then be
     */
    public VolumeChanges(
            ResourceStore store,
            VolumeHosts hosts,
            BiConsumer<Volume, Volume> rule,
            OperationGuard guard,
            FaultPoints faults) {
        this.store = store;
        this.records = new VolumeRecords(store);
        this.hosts = hosts;
        this.rule = rule;
        this.guard = guard;
        this.faults = faults;
    }

    /**
     * Grows the volume's image; the device and the file system follow on the node. A volume that is large enough stays as it is. The
     * host goes first: an image larger than recorded harms nobody, and the same call records it.
     *
     * @throws StorageException OUT_OF_RANGE for a size below the present one, NO_SPACE if the disk takes no more
     */
    public Volume expand(VolumeId id, SizeRange range) {
        try (var _ = guard.enter("expand", id.value())) {
            Volume volume = records.ready("expand", id);
            ByteSize wanted = range.grown(volume.size());
            if (wanted.isLargerThan(volume.size())) {
                hosts.requireRoom(
                        "expand",
                        volume,
                        new ByteSize(wanted.bytes() - volume.size().bytes()));
            }
            ByteSize grown = grow(volume, wanted);
            faults.reach("volume-expand.grown");
            Volume next = store.change(Volume.class, volume.key(), now -> now.withSize(grown))
                    .value();
            faults.reach("volume-expand.recorded");
            hosts.record(next);
            return next;
        }
    }

    /** All replicas have grown; what they share is the smallest. */
    private ByteSize grow(Volume volume, ByteSize wanted) {
        ByteSize smallest = ReplicaAddress.of(volume).stream()
                .map(replica -> hosts.port().resize(replica, wanted))
                .min(ByteSize::compareTo)
                .orElse(wanted);
        if (wanted.isLargerThan(smallest)) {
            throw StorageException.notReady("cannot expand volume " + volume.id() + " to " + wanted
                    + ": its host grew it to " + smallest + " only; call again");
        }
        return smallest;
    }

    /**
     * Changes parameters. The same change again does nothing more.
     *
     * @param change from the present parameters to those wanted; INVALID from there leaves the volume as it is
     */
    public Volume modify(VolumeId id, UnaryOperator<VolumeParameters> change) {
        try (var _ = guard.enter("modify", id.value())) {
            Volume volume = records.ready("modify", id);
            VolumeParameters wanted = change.apply(volume.parameters());
            rule.accept(volume, volume.withParameters(wanted));
            Volume next = store.change(Volume.class, volume.key(), now -> now.withParameters(wanted))
                    .value();
            faults.reach("volume-modify.recorded");
            hosts.record(next);
            return next;
        }
    }
}
