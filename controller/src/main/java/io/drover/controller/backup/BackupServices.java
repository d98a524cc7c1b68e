package io.drover.controller.backup;

import io.drover.controller.mover.Movers;
import io.drover.controller.snapshot.SnapshotCreation;
import io.drover.controller.snapshot.SnapshotDeletion;
import io.drover.controller.volume.Restores;
import io.drover.controller.volume.SnapshotRemoval;
import io.drover.controller.volume.VolumeHosts;
import io.drover.controller.volume.VolumeRecords;
import io.drover.core.credentials.CredentialStore;
import io.drover.core.fault.FaultPoints;
import io.drover.core.guard.OperationGuard;
import io.drover.core.store.ResourceStore;
import java.time.Clock;
import java.time.Duration;

/** All services of backups, sharing their guard. Nothing else makes them. */
public record BackupServices(
        BackupTargets targets,
        BackupCreation creation,
        BackupDeletion deletion,
        BackupQueries queries,
        KeptBackups kept,
        TransferQueries transfers,
        Restores restores,
        TargetChecks checks) {
    /** What they stand on. */
    public record Ports(
            ResourceStore store, Movers movers, CredentialStore credentials, FaultPoints faults, Clock clock) {}

    /**
     * How long a call waits for the end of a mover's work before it answers how far that is.
     *
     * @param upload short, since "not yet ready" is an answer
     * @param restore long, since nothing but an error can be answered
     * @param deletion likewise
     */
    public record Patience(Duration upload, Duration restore, Duration deletion) {
        public static final Patience DEFAULT =
                new Patience(Duration.ofSeconds(2), Duration.ofSeconds(20), Duration.ofSeconds(20));
    }

    /** Wires them. */
    public static BackupServices of(
            Ports ports,
            VolumeHosts hosts,
            SnapshotCreation snapshots,
            SnapshotDeletion snapshotDeletion,
            SnapshotRemoval removal,
            Patience patience) {
        ResourceStore store = ports.store();
        Movers movers = ports.movers();
        OperationGuard guard = new OperationGuard("backup");
        BackupRecords records = new BackupRecords(store);
        BackupTargets targets = new BackupTargets(store, ports.credentials(), movers, ports.faults(), ports.clock());
        StoredBackups stored = new StoredBackups(records, targets, movers);
        BaseSnapshots bases = new BaseSnapshots(records, new VolumeRecords(store), snapshotDeletion);
        BackupCreation creation = new BackupCreation(
                new BackupCreation.Parts(store, movers, targets, hosts, snapshots, removal, bases),
                guard,
                ports.faults(),
                ports.clock(),
                patience.upload());
        TransferQueries transfers = new TransferQueries(movers, targets, stored, creation);
        KeptBackups kept = new KeptBackups(store, stored, ports.faults(), ports.clock());
        return new BackupServices(
                targets,
                creation,
                new BackupDeletion(
                        new BackupDeletion.Parts(store, movers, targets, stored, snapshotDeletion),
                        guard,
                        ports.faults(),
                        patience.deletion()),
                new BackupQueries(records, targets, stored, movers, transfers),
                kept,
                transfers,
                new BackupRestores(movers, targets, stored, hosts::settings, patience.restore()),
                new TargetChecks(store, targets, movers, new FoundBackups(store, movers, kept), ports.clock()));
    }
}
