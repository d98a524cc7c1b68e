package io.drover.controller.backup;

import io.drover.controller.snapshot.SnapshotDeletion;
import io.drover.controller.volume.VolumeRecords;
import io.drover.core.error.StorageException;
import io.drover.core.model.Backup;
import io.drover.core.model.BackupState;
import io.drover.core.model.Snapshot;
import io.drover.core.model.SnapshotOrigin;
import io.drover.core.model.SnapshotState;
import io.drover.core.model.VolumeId;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps of the local snapshots that were taken for backups only those that are needed: the newest backup's in each target, as the base
 * of the next one, and those not uploaded yet.
 */
final class BaseSnapshots {
    private static final Logger log = LoggerFactory.getLogger(BaseSnapshots.class);
    private static final Comparator<Backup> BY_END =
            Comparator.comparing(backup -> backup.completedAt().orElse(Instant.MIN));

    private final BackupRecords backups;
    private final VolumeRecords volumes;
    private final SnapshotDeletion deletion;

    BaseSnapshots(BackupRecords backups, VolumeRecords volumes, SnapshotDeletion deletion) {
        this.backups = backups;
        this.volumes = volumes;
        this.deletion = deletion;
    }

    /** Removes those of a volume that are not needed. What fails is logged, and tried again with the next backup. */
    void prune(VolumeId volume) {
        Set<String> needed = needed(backups.of(volume));
        for (Snapshot snapshot : volumes.snapshots(volume)) {
            if (snapshot.origin() == SnapshotOrigin.BACKUP
                    && snapshot.state() != SnapshotState.CREATING
                    && !needed.contains(snapshot.id().name())) {
                try {
                    deletion.delete(snapshot.id());
                } catch (StorageException e) {
                    log.atWarn()
                            .addKeyValue("snapshot", snapshot.id())
                            .addKeyValue("code", e.code())
                            .log("not needed as a base any more, but still there: {}", e.getMessage());
                }
            }
        }
    }

    /** Which ended last; several if they ended in the same second, which is all that the store tells. */
    private static Stream<Backup> newest(List<Backup> backups) {
        Backup last = Collections.max(backups, BY_END);
        return backups.stream().filter(backup -> BY_END.compare(backup, last) == 0);
    }

    /** The names of the snapshots that are needed. */
    static Set<String> needed(List<Backup> of) {
        Set<String> needed = new HashSet<>();
        Map<String, List<Backup>> ready = of.stream()
                .filter(backup -> backup.state() == BackupState.READY)
                .collect(Collectors.groupingBy(Backup::targetUrl));
        ready.values()
                .forEach(inTarget -> newest(inTarget).map(Backup::snapshot).forEach(needed::add));
        of.stream()
                .filter(backup -> backup.state() != BackupState.READY)
                .map(Backup::snapshot)
                .forEach(needed::add);
        return needed;
    }
}
