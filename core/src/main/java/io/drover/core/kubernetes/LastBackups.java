package io.drover.core.kubernetes;

import io.drover.core.error.StorageException;
import io.drover.core.model.Backup;
import io.drover.core.model.BackupState;
import io.drover.core.resources.Kind;
import io.drover.core.resources.KubernetesFormat;
import io.drover.core.resources.ObjectRead;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows on the object of each volume when its latest backup was completed, for {@code kubectl get volumes.drover.io}. The records of
 * backups say so; this is a view of them, in an annotation that nothing reads back into a record. What fails is done in the next round.
 */
final class LastBackups {
    private static final Logger log = LoggerFactory.getLogger(LastBackups.class);

    private final RecordObjects objects;
    private final KubernetesFormat format;

    LastBackups(RecordObjects objects, KubernetesFormat format) {
        this.objects = objects;
        this.format = format;
    }

    /** Changes what is shown wrong; nothing while it is not certain what is there. */
    void show(Mirror volumes, Mirror backups) {
        if (!volumes.isTrusted() || !backups.isTrusted()) {
            return;
        }
        Map<String, Instant> latest = latest(backups);
        for (ObjectRead object : volumes.all()) {
            if (object instanceof ObjectRead.Readable volume) {
                Instant completed = latest.get(volume.value().key());
                String time = completed == null
                        ? ""
                        : completed.truncatedTo(ChronoUnit.SECONDS).toString();
                if (!time.equals(volume.lastBackup())) {
                    show(volumes, volume, time);
                }
            }
        }
    }

    private static Map<String, Instant> latest(Mirror backups) {
        Map<String, Instant> latest = new HashMap<>();
        for (ObjectRead object : backups.all()) {
            if (object instanceof ObjectRead.Readable readable
                    && readable.value() instanceof Backup backup
                    && backup.state() == BackupState.READY) {
                backup.completedAt()
                        .ifPresent(time ->
                                latest.merge(backup.id().volume().value(), time, (a, b) -> a.isAfter(b) ? a : b));
            }
        }
        return latest;
    }

    private void show(Mirror volumes, ObjectRead.Readable volume, String time) {
        try {
            volumes.put(objects.changed(Kind.VOLUME, volume.name(), "", format.showLastBackup(volume, time)));
        } catch (StorageException e) {
            log.atDebug()
                    .addKeyValue("volume", volume.name())
                    .log("the time of its last backup will be shown later: " + e.getMessage());
        }
    }
}
