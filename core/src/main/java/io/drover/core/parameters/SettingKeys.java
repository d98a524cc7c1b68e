package io.drover.core.parameters;

import io.drover.core.model.BackupSettings;
import io.drover.core.model.ByteSize;
import io.drover.core.model.JobSettings;
import io.drover.core.model.Settings;
import java.util.List;

/** The driver's settings. */
final class SettingKeys {
    private static final BackupSettings BACKUPS = BackupSettings.DEFAULTS;
    private static final JobSettings JOBS = JobSettings.DEFAULTS;

    static final Parameter<Integer> OVER_PROVISIONING_PERCENTAGE = new Parameter<>(
            "over-provisioning-percentage",
            ParameterType.integer(0, 100_000),
            String.valueOf(Settings.DEFAULTS.overProvisioningPercentage()),
            true,
            "Sum of the sizes of all volumes on a disk, in percent of its usable capacity, up to which it takes new ones.");

    static final Parameter<Integer> MINIMAL_AVAILABLE_PERCENTAGE = new Parameter<>(
            "minimal-available-percentage",
            ParameterType.integer(0, 100),
            String.valueOf(Settings.DEFAULTS.minimalAvailablePercentage()),
            true,
            "Part of a disk's capacity that must be free for it to take new volumes and snapshots.");

    static final Parameter<Integer> RESERVED_PERCENTAGE = new Parameter<>(
            "reserved-percentage",
            ParameterType.integer(0, 100),
            String.valueOf(Settings.DEFAULTS.reservedPercentage()),
            true,
            "Part of a disk's capacity that Drover leaves to others.");

    static final Parameter<Boolean> ALLOW_DEGRADED_CREATION = new Parameter<>(
            "allow-degraded-creation",
            ParameterType.bool(),
            String.valueOf(Settings.DEFAULTS.allowDegradedCreation()),
            true,
            "Whether a volume is made when there are fewer places than replicas wanted.");

    static final Parameter<Integer> MAXIMUM_RETENTION = new Parameter<>(
            "maximum-retention",
            ParameterType.integer(1, 10_000),
            String.valueOf(Settings.DEFAULTS.maximumRetention()),
            true,
            "Upper limit of the sum of `retain` over the recurring jobs of a volume.");

    static final Parameter<Integer> BACKUP_CORES = new Parameter<>(
            "backup-cores",
            ParameterType.integer(1, 256),
            String.valueOf(BACKUPS.cores()),
            true,
            "Cores on which one backup or restore hashes and compresses; sending takes some more.");

    static final Parameter<Integer> BACKUP_REQUESTS = new Parameter<>(
            "backup-requests",
            ParameterType.integer(1, 1024),
            String.valueOf(BACKUPS.requests()),
            true,
            "Requests to the store that one backup or restore has in flight.");

    static final Parameter<ByteSize> BACKUP_MEMORY = new Parameter<>(
            "backup-memory",
            ParameterType.size(ByteSize.ofMebi(32), ByteSize.ofGibi(64)),
            BACKUPS.memory().toString(),
            true,
            "Memory for the blocks of one backup or restore.");

    static final Parameter<ByteSize> BACKUP_BANDWIDTH_LIMIT = new Parameter<>(
            "backup-bandwidth-limit",
            ParameterType.size(new ByteSize(0), ByteSize.ofGibi(1024)),
            "0",
            true,
            "Bytes in a second that one backup or restore moves over the network. `0`: unlimited.");

    static final Parameter<Integer> BACKUP_TRANSFERS_PER_NODE = new Parameter<>(
            "backup-transfers-per-node",
            ParameterType.integer(1, 64),
            String.valueOf(BACKUPS.transfersPerNode()),
            true,
            "Backups and restores that run at a time on one host. More wait. Takes effect when the mover starts.");

    static final Parameter<BackupSettings.Compression> BACKUP_COMPRESSION = new Parameter<>(
            "backup-compression",
            ParameterType.oneOf(BackupSettings.Compression.class, BackupSettings.Compression::text),
            BACKUPS.compression().text(),
            true,
            "How the blocks of a volume's first backup are compressed. Its later ones follow.");

    static final Parameter<ByteSize> BACKUP_BLOCK_SIZE = new Parameter<>(
            "backup-block-size",
            ParameterType.oneOf(ByteSize.ofMebi(2), ByteSize.ofMebi(16)),
            BACKUPS.blockSize().toString(),
            true,
            "Size of the blocks of new backups. Volumes whose size is no multiple of it have blocks of 2Mi.");

    /** The name is that of Longhorn's setting for the same. */
    static final Parameter<Boolean> JOBS_WHILE_DETACHED = new Parameter<>(
            "allow-recurring-job-while-volume-detached",
            ParameterType.bool(),
            String.valueOf(JOBS.whileDetached()),
            true,
            "Whether recurring jobs run on volumes that are attached nowhere. If not, a job that is due waits for the next attachment.");

    static final Parameter<Integer> JOB_CONCURRENCY = new Parameter<>(
            "recurring-job-concurrency",
            ParameterType.integer(1, 100),
            String.valueOf(JOBS.concurrency()),
            true,
            "Runs of recurring jobs that are under way at a time. More wait.");

    static final Parameter<Integer> JOB_FAILURE_LIMIT = new Parameter<>(
            "recurring-job-failure-limit",
            ParameterType.integer(1, 1000),
            String.valueOf(JOBS.failureLimit()),
            true,
            "Failures in a row of a recurring job after which the volume's condition says so.");

    static final List<Parameter<?>> ALL = List.of(
            OVER_PROVISIONING_PERCENTAGE,
            MINIMAL_AVAILABLE_PERCENTAGE,
            RESERVED_PERCENTAGE,
            ALLOW_DEGRADED_CREATION,
            MAXIMUM_RETENTION,
            BACKUP_CORES,
            BACKUP_REQUESTS,
            BACKUP_MEMORY,
            BACKUP_BANDWIDTH_LIMIT,
            BACKUP_TRANSFERS_PER_NODE,
            BACKUP_COMPRESSION,
            BACKUP_BLOCK_SIZE,
            JOBS_WHILE_DETACHED,
            JOB_CONCURRENCY,
            JOB_FAILURE_LIMIT);

    private SettingKeys() {}
}
