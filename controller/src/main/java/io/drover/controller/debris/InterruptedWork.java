package io.drover.controller.debris;

import io.drover.controller.backup.BackupCreation;
import io.drover.controller.backup.BackupDeletion;
import io.drover.controller.group.GroupSnapshots;
import io.drover.controller.snapshot.SnapshotDeletion;
import io.drover.controller.volume.VolumeDeletion;
import io.drover.controller.volume.VolumeRecords;
import io.drover.controller.volume.VolumeRevert;
import io.drover.core.error.StorageException;
import io.drover.core.model.Backup;
import io.drover.core.model.BackupState;
import io.drover.core.model.Snapshot;
import io.drover.core.model.SnapshotGroup;
import io.drover.core.model.SnapshotOrigin;
import io.drover.core.model.SnapshotState;
import io.drover.core.model.VolumeState;
import io.drover.core.store.ResourceStore;
import io.drover.core.store.Stored;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finishes what can be finished without a caller. To be run after the start and now and then, beside the service of requests. */
public final class InterruptedWork {
    private static final Logger log = LoggerFactory.getLogger(InterruptedWork.class);

    private final ResourceStore store;
    private final VolumeRecords records;
    private final VolumeDeletion volumes;
    private final SnapshotDeletion snapshots;
    private final GroupSnapshots groups;
    private final VolumeRevert reverts;
    private final BackupCreation backupCreation;
    private final BackupDeletion backupDeletion;
    private final Runnable orphans;

    public InterruptedWork(
            ResourceStore store,
            VolumeDeletion volumes,
            SnapshotDeletion snapshots,
            GroupSnapshots groups,
            VolumeRevert reverts,
            BackupCreation backupCreation,
            BackupDeletion backupDeletion,
            Runnable orphans) {
        this.store = store;
        this.records = new VolumeRecords(store);
        this.volumes = volumes;
        this.snapshots = snapshots;
        this.groups = groups;
        this.reverts = reverts;
        this.backupCreation = backupCreation;
        this.backupDeletion = backupDeletion;
        this.orphans = orphans;
    }

    /**
     * Goes through all records once. What fails is logged and stays for the next time or the same request; what somebody works on at
     * the moment is his.
     *
     * @return what could not be finished, as messages
     */
    public List<String> finish() {
        List<String> failures = new ArrayList<>();
        for (var stored : store.list(SnapshotGroup.class)) {
            SnapshotGroup group = stored.value();
            if (group.state() == SnapshotState.DELETING) {
                attempt(
                        "deletion of group snapshot " + group.id(),
                        failures,
                        () -> groups.delete(group.id(), Set.of()));
            }
        }
        for (Snapshot snapshot : records.snapshots()) {
            boolean ofGroup = snapshot.group().isPresent();
            if (snapshot.state() == SnapshotState.DELETING && !ofGroup) {
                attempt("deletion of snapshot " + snapshot.id(), failures, () -> snapshots.delete(snapshot.id()));
            }
            if (snapshot.state() == SnapshotState.CREATING && snapshot.origin() == SnapshotOrigin.SAFETY) {
                attempt(
                        "revert of volume " + snapshot.id().volume(),
                        failures,
                        () -> reverts.finish(snapshot.id().volume()));
            }
        }
        records.all().stream()
                .filter(volume -> volume.state() == VolumeState.DELETING || volume.state() == VolumeState.RETAINED)
                .forEach(volume -> attempt("deletion of volume " + volume.id(), failures, () -> {
                    volumes.delete(volume.id());
                    snapshots.release(volume.id());
                }));
        for (Backup backup : backups()) {
            if (backup.state() == BackupState.DELETING) {
                attempt(
                        "deletion of backup " + backup.id(),
                        failures,
                        () -> backupDeletion.delete(backup.id(), "", Map.of()));
            }
        }
        attempt("removal of histories of jobs", failures, orphans);
        failures.addAll(continueBackups());
        return failures;
    }

    /**
     * Goes on with uploads that nobody may be calling for, and writes down those that have ended. To be run every now and then, since
     * whoever asked for a backup need not wait for its end. An upload whose credentials came with a call waits for that call.
     *
     * @return what could not be continued, as messages
     */
    public List<String> continueBackups() {
        List<String> failures = new ArrayList<>();
        for (Backup backup : backups()) {
            if (backup.isUploading()) {
                attempt("upload of backup " + backup.id(), failures, () -> {
                    var _ = backupCreation.advance(backup.id());
                });
            }
        }
        return failures;
    }

    private List<Backup> backups() {
        return store.list(Backup.class).stream().map(Stored::value).toList();
    }

    private static void attempt(String what, List<String> failures, Runnable work) {
        try {
            work.run();
            log.atDebug().addKeyValue("op", what).log("interrupted work is finished");
        } catch (StorageException e) {
            failures.add(what + ": " + e.getMessage());
            log.atWarn()
                    .addKeyValue("op", what)
                    .addKeyValue("code", e.code())
                    .log("interrupted work is still not finished: {}", e.getMessage());
        }
    }
}
