package io.drover.node.replica;

import io.drover.core.error.StorageException;
import io.drover.core.model.DiskId;
import io.drover.core.model.VolumeId;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides what becomes of a group's snapshots that a crash left without their names. All copies of a group are durable before the first
 * gets its name; so if one has its name, the others get theirs; if surely none has, all go; if a member's disk is away, they wait.
 */
final class GroupSettlement {
    private static final Logger log = LoggerFactory.getLogger(GroupSettlement.class);

    private final Map<DiskId, ReplicaStore> stores;

    GroupSettlement(Map<DiskId, ReplicaStore> stores) {
        this.stores = stores;
    }

    private enum Decision {
        FINISH,
        REMOVE,
        WAIT
    }

    void settle() {
        for (ReplicaStore store : stores.values()) {
            for (VolumeId volume : store.volumes()) {
                try {
                    settle(store, volume);
                } catch (StorageException e) {
                    log.atWarn()
                            .addKeyValue("volume", volume)
                            .setCause(e)
                            .log("an unfinished group snapshot stays for now");
                }
            }
        }
    }

    private void settle(ReplicaStore store, VolumeId volume) {
        for (SnapshotMetadata unpublished : store.snapshots().unpublished(volume)) {
            Decision decision = unpublished.group().map(this::decide).orElse(Decision.REMOVE);
            if (decision == Decision.FINISH) {
                store.snapshots().publish(volume, unpublished.snapshot());
            } else if (decision == Decision.REMOVE) {
                store.snapshots().discard(volume, unpublished.snapshot());
            }
        }
    }

    private Decision decide(SnapshotMetadata.Group group) {
        boolean allSeen = true;
        for (SnapshotMetadata.Member member : group.members()) {
            ReplicaStore store = stores.get(new DiskId(member.disk()));
            if (store == null) {
                allSeen = false;
            } else if (isPublished(store, member, group.id())) {
                return Decision.FINISH;
            }
        }
        return allSeen ? Decision.REMOVE : Decision.WAIT;
    }

    private static boolean isPublished(ReplicaStore store, SnapshotMetadata.Member member, String group) {
        return store.snapshots()
                .find(new VolumeId(member.volume()), member.snapshot())
                .flatMap(SnapshotMetadata::group)
                .map(SnapshotMetadata.Group::id)
                .equals(Optional.of(group));
    }
}
