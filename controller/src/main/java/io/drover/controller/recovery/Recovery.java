package io.drover.controller.recovery;

import io.drover.controller.host.Hosts;
import io.drover.controller.host.ReplicaAddress;
import io.drover.controller.host.ReplicaState;
import io.drover.controller.host.SnapshotCopy;
import io.drover.controller.recovery.RecoveryReport.Finding;
import io.drover.controller.recovery.RecoveryReport.Outcome;
import io.drover.core.error.ErrorCode;
import io.drover.core.error.StorageException;
import io.drover.core.model.AccessMode;
import io.drover.core.model.Attachment;
import io.drover.core.model.NodeId;
import io.drover.core.model.ReplicaPlacement;
import io.drover.core.model.Resource;
import io.drover.core.model.Snapshot;
import io.drover.core.model.SnapshotId;
import io.drover.core.model.SnapshotState;
import io.drover.core.model.Volume;
import io.drover.core.model.VolumeId;
import io.drover.core.model.VolumeSource;
import io.drover.core.model.VolumeState;
import io.drover.core.store.ResourceStore;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Rebuilds the records of volumes and snapshots after the cluster's database was lost: each replica carries its volume's record, and each
 * snapshot its own. Records that exist are left as they are, so that it can be called again, and with some hosts away.
 */
public final class Recovery {
    private final ResourceStore store;
    private final Hosts hosts;
    private final RecordTexts texts;
    private final Clock clock;

    public Recovery(ResourceStore store, Hosts hosts, RecordTexts texts, Clock clock) {
        this.store = store;
        this.hosts = hosts;
        this.texts = texts;
        this.clock = clock;
    }

    /**
     * Makes the records that are missing. Calling again after success changes nothing.
     *
     * @param dryRun only says what would be done
     * @param unfinished also takes volumes that were perhaps restored in part only for whole
     */
    public RecoveryReport recover(boolean dryRun, boolean unfinished) {
        Map<NodeId, String> silent = new TreeMap<>();
        Map<VolumeId, List<ReplicaState>> found = new TreeMap<>(Comparator.comparing(VolumeId::value));
        for (NodeId node : hosts.nodes()) {
            try {
                hosts.replicas(node)
                        .forEach(replica -> found.computeIfAbsent(
                                        replica.address().volume(), _ -> new ArrayList<>())
                                .add(replica));
            } catch (StorageException e) {
                silent.put(node, String.valueOf(e.getMessage()));
            }
        }
        List<Finding> findings = new ArrayList<>();
        found.forEach((volume, replicas) -> recover(volume, replicas, dryRun, unfinished, findings));
        return new RecoveryReport(findings, silent);
    }

    private void recover(
            VolumeId id, List<ReplicaState> replicas, boolean dryRun, boolean unfinished, List<Finding> findings) {
        String object = "volume " + id;
        if (replicas.size() > 1) {
            findings.add(new Finding(
                    object,
                    Outcome.PROBLEM,
                    "it lies in several places, and which one is right is not known: "
                            + String.join(
                                    ", ",
                                    replicas.stream()
                                            .map(replica -> replica.address().toString())
                                            .toList())
                            + "; move all but one away"));
            return;
        }
        ReplicaState replica = replicas.getFirst();
        Finding volume = attempt(object, () -> volume(object, replica, dryRun, unfinished));
        findings.add(volume);
        if (volume.outcome() == Outcome.RECOVERED || volume.outcome() == Outcome.KNOWN) {
            for (SnapshotCopy copy : replica.snapshots()) {
                SnapshotId snapshot = new SnapshotId(id, copy.name());
                String name = "snapshot " + snapshot;
                findings.add(attempt(name, () -> snapshot(name, snapshot, copy, dryRun)));
            }
        }
    }

    private interface Step {
        Finding run();
    }

    /** One object's trouble is its own; that of the store ends all. */
    private static Finding attempt(String object, Step step) {
        try {
            return step.run();
        } catch (StorageException e) {
            if (e.code() == ErrorCode.UNAVAILABLE) {
                throw e;
            }
            return new Finding(object, Outcome.PROBLEM, String.valueOf(e.getMessage()));
        }
    }

    private Finding volume(String object, ReplicaState replica, boolean dryRun, boolean unfinished) {
        VolumeId id = replica.address().volume();
        if (store.find(Volume.class, id.value()).isPresent()) {
            return new Finding(object, Outcome.KNOWN, "");
        }
        Volume written = texts.read(Volume.class, replica.record(), "the record beside " + replica.address());
        if (!written.id().equals(id)) {
            throw StorageException.corrupt("the record beside it is of volume " + written.id());
        }
        boolean headIsThere = replica.size().bytes() > 0;
        boolean doubtful = headIsThere
                && written.source() instanceof VolumeSource.FromBackup
                && written.state() == VolumeState.CREATING;
        if (doubtful && !unfinished) {
            return new Finding(
                    object,
                    Outcome.UNFINISHED,
                    "its restore from a backup may have been interrupted; recover it with --unfinished if you know that it is"
                            + " whole, or remove it and restore again");
        }
        if (!headIsThere && replica.snapshots().isEmpty()) {
            throw StorageException.corrupt("neither its image nor a snapshot is there");
        }
        Volume volume = asItIs(written, replica, headIsThere);
        keep(volume, dryRun);
        String used = volume.attachment()
                .map(attachment -> "; it is in use on node " + attachment.node())
                .orElse("");
        return new Finding(
                object,
                Outcome.RECOVERED,
                volume.size() + " on " + replica.address().node() + used);
    }

    /** What the record says was so when it was written; size, place and use are as they are now. */
    private Volume asItIs(Volume written, ReplicaState replica, boolean headIsThere) {
        ReplicaAddress address = replica.address();
        boolean used = !replica.device().isEmpty() || !replica.users().isEmpty();
        long epoch = written.epoch() + (used ? 1 : 0);
        Optional<Attachment> attachment = used
                ? Optional.of(new Attachment(
                        address.node(),
                        written.accessModes().stream().sorted().findFirst().orElse(AccessMode.SINGLE_NODE_WRITER),
                        written.blockAllowed() && !written.mountAllowed(),
                        false,
                        epoch,
                        clock.instant()))
                : Optional.empty();
        return new Volume(
                written.id(),
                headIsThere ? replica.size() : written.size(),
                written.parameters(),
                written.accessModes(),
                written.blockAllowed(),
                written.mountAllowed(),
                written.source(),
                headIsThere ? VolumeState.READY : VolumeState.RETAINED,
                List.of(new ReplicaPlacement(address.node(), address.disk())),
                attachment,
                epoch,
                written.blockBytes(),
                written.labels(),
                written.createdAt());
    }

    private Finding snapshot(String object, SnapshotId id, SnapshotCopy copy, boolean dryRun) {
        if (store.find(Snapshot.class, Snapshot.key(id)).isPresent()) {
            return new Finding(object, Outcome.KNOWN, "");
        }
        Snapshot written = texts.read(Snapshot.class, copy.record(), "the record beside " + object);
        if (!written.id().equals(id)) {
            throw StorageException.corrupt("the record beside it is of snapshot " + written.id());
        }
        Snapshot snapshot = new Snapshot(
                id,
                SnapshotState.READY,
                written.origin(),
                copy.size(),
                written.group(),
                written.labels(),
                copy.createdAt());
        keep(snapshot, dryRun);
        return new Finding(object, Outcome.RECOVERED, copy.size() + " of " + copy.createdAt());
    }

    private void keep(Resource record, boolean dryRun) {
        if (!dryRun) {
            var _ = store.create(record);
        }
    }
}
