package io.drover.controller;

import io.drover.controller.attachment.Attachments;
import io.drover.controller.backup.BackupServices;
import io.drover.controller.debris.InterruptedWork;
import io.drover.controller.group.GroupSnapshots;
import io.drover.controller.host.Hosts;
import io.drover.controller.jobs.JobServices;
import io.drover.controller.metadata.ChangedBlocks;
import io.drover.controller.mover.Movers;
import io.drover.controller.node.NodeRecords;
import io.drover.controller.snapshot.SnapshotCreation;
import io.drover.controller.snapshot.SnapshotDeletion;
import io.drover.controller.snapshot.SnapshotQueries;
import io.drover.controller.volume.SnapshotRemoval;
import io.drover.controller.volume.Uploads;
import io.drover.controller.volume.VolumeChanges;
import io.drover.controller.volume.VolumeCreation;
import io.drover.controller.volume.VolumeDeletion;
import io.drover.controller.volume.VolumeHosts;
import io.drover.controller.volume.VolumeQueries;
import io.drover.controller.volume.VolumeRecords;
import io.drover.controller.volume.VolumeRevert;
import io.drover.core.credentials.CredentialStore;
import io.drover.core.fault.FaultPoints;
import io.drover.core.guard.OperationGuard;
import io.drover.core.model.Resource;
import io.drover.core.model.Settings;
import io.drover.core.store.ResourceStore;
import java.time.Clock;
import java.util.function.Function;
import java.util.function.Supplier;

/** All services of the controller over one store and one set of hosts, sharing the guards. Nothing else makes them. */
public record StorageServices(
        Hosts hosts,
        VolumeRecords records,
        VolumeCreation creation,
        VolumeDeletion deletion,
        VolumeChanges changes,
        VolumeRevert reverts,
        VolumeQueries queries,
        Attachments attachments,
        SnapshotCreation snapshotCreation,
        SnapshotDeletion snapshotDeletion,
        SnapshotQueries snapshotQueries,
        GroupSnapshots groups,
        ChangedBlocks changedBlocks,
        BackupServices backups,
        JobServices jobs,
        InterruptedWork interruptedWork) {

    /**
     * Wires them.
     *
     * @param settings the settings as they are now, read for each operation
     * @param text a record as it is written beside the data
     * @param credentials of backup targets
     * @param patience how long calls wait for movers
     */
    public static StorageServices of(
            ResourceStore store,
            Hosts hosts,
            Movers movers,
            CredentialStore credentials,
            Supplier<Settings> settings,
            Function<Resource, String> text,
            FaultPoints faults,
            Clock clock,
            BackupServices.Patience patience) {
        OperationGuard volumes = new OperationGuard("volume");
        OperationGuard snapshotNames = new OperationGuard("snapshot");
        VolumeRecords records = new VolumeRecords(store);
        VolumeHosts volumeHosts = new VolumeHosts(hosts, settings, new NodeRecords(store)::rules, text);
        SnapshotRemoval removal = new SnapshotRemoval(store, volumeHosts, faults);
        VolumeRevert reverts = new VolumeRevert(store, volumeHosts, volumes, faults, clock);
        SnapshotCreation snapshotCreation = new SnapshotCreation(
                store,
                volumeHosts,
                reverts,
                removal,
                new SnapshotCreation.Guards(volumes, snapshotNames),
                faults,
                clock);
        SnapshotDeletion snapshotDeletion = new SnapshotDeletion(records, removal, new Uploads(store), volumes);
        BackupServices backups = BackupServices.of(
                new BackupServices.Ports(store, movers, credentials, faults, clock),
                volumeHosts,
                snapshotCreation,
                snapshotDeletion,
                removal,
                patience);
        JobServices jobs = JobServices.of(store, hosts, snapshotCreation, snapshotDeletion, backups, settings, clock);
        VolumeDeletion deletion = new VolumeDeletion(store, volumeHosts, backups.restores(), volumes, faults);
        GroupSnapshots groups = new GroupSnapshots(store, volumeHosts, reverts, removal, volumes, faults, clock);
        return new StorageServices(
                hosts,
                records,
                new VolumeCreation(store, volumeHosts, reverts, backups.restores(), volumes, faults, clock),
                deletion,
                new VolumeChanges(store, volumeHosts, jobs.limit()::requireVolume, volumes, faults),
                reverts,
                new VolumeQueries(records, volumeHosts, jobs.agenda()),
                new Attachments(store, hosts, reverts, volumes, faults, clock),
                snapshotCreation,
                snapshotDeletion,
                new SnapshotQueries(records),
                groups,
                new ChangedBlocks(records, hosts),
                backups,
                jobs,
                new InterruptedWork(
                        store,
                        deletion,
                        snapshotDeletion,
                        groups,
                        reverts,
                        backups.creation(),
                        backups.deletion(),
                        jobs.histories()::removeOrphans));
    }
}
