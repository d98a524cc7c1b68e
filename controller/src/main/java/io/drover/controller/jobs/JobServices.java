package io.drover.controller.jobs;

import io.drover.controller.backup.BackupServices;
import io.drover.controller.host.Hosts;
import io.drover.controller.snapshot.SnapshotCreation;
import io.drover.controller.snapshot.SnapshotDeletion;
import io.drover.controller.volume.VolumeRecords;
import io.drover.core.model.Settings;
import io.drover.core.store.ResourceStore;
import java.time.Clock;
import java.util.function.Supplier;

/** All services of recurring jobs. Nothing else makes them. */
public record JobServices(
        JobCatalog catalog,
        JobHistories histories,
        JobAgenda agenda,
        JobWork work,
        VolumeLabels labels,
        RetentionLimit limit) {
    /** Wires them. */
    public static JobServices of(
            ResourceStore store,
            Hosts hosts,
            SnapshotCreation snapshots,
            SnapshotDeletion snapshotDeletion,
            BackupServices backups,
            Supplier<Settings> settings,
            Clock clock) {
        VolumeRecords volumes = new VolumeRecords(store);
        RetentionLimit limit = new RetentionLimit(store, settings);
        JobCatalog catalog = new JobCatalog(store, limit, settings, clock);
        JobHistories histories = new JobHistories(store, settings, clock);
        return new JobServices(
                catalog,
                histories,
                new JobAgenda(volumes, catalog, histories, limit, settings, clock),
                new JobWork(volumes, hosts, snapshots, snapshotDeletion, backups, clock),
                new VolumeLabels(store, limit),
                limit);
    }
}
