package io.drover.core.parameters;

import io.drover.core.jobs.JobSelectors;
import io.drover.core.jobs.RecurringJobs;
import io.drover.core.model.DataLocality;
import io.drover.core.model.FileSystemType;
import io.drover.core.model.JobSelector;
import io.drover.core.model.JobSpecification;
import java.util.List;

/** The parameters of a StorageClass. Their order is that of the documentation. */
final class VolumeKeys {
    static final Parameter<Integer> NUMBER_OF_REPLICAS = new Parameter<>(
            "numberOfReplicas",
            ParameterType.integer(1, 20),
            "1",
            true,
            "Copies of the volume, each on another host. The chart's class sets `3`. A volume with fewer copies than asked for works, "
                    + "and its condition says so.");

    static final Parameter<Integer> STALE_REPLICA_TIMEOUT = new Parameter<>(
            "staleReplicaTimeout",
            ParameterType.integer(1, 5_256_000),
            "2880",
            true,
            "Minutes after which a failed replica is deleted and rebuilt elsewhere.");

    static final Parameter<String> FROM_BACKUP = new Parameter<>(
            "fromBackup",
            ParameterType.backupUrl(),
            "",
            false,
            "Backup that new volumes are restored from. The volume may be larger than the backup, never smaller.");

    /** Its limit of retention is a setting, which the reader adds. */
    static final Parameter<List<JobSpecification>> RECURRING_JOBS = new Parameter<>(
            "recurringJobs",
            new ParameterType<>(
                    "JSON list, see below", text -> RecurringJobs.parse(text, Integer.MAX_VALUE), RecurringJobs::write),
            "",
            true,
            "Jobs of the volume's own: snapshots and backups by schedule.");

    static final Parameter<List<JobSelector>> RECURRING_JOB_SELECTOR = new Parameter<>(
            "recurringJobSelector",
            new ParameterType<>("JSON `[{\"name\":\"x\",\"isGroup\":true}]`", JobSelectors::parse, JobSelectors::write),
            "",
            false,
            "RecurringJob resources, by name or group, that the volume takes part in.");

    static final Parameter<DataLocality> DATA_LOCALITY = new Parameter<>(
            "dataLocality",
            ParameterType.oneOf(DataLocality.class, DataLocality::text),
            "best-effort",
            false,
            "Where the pod runs: with `strict-local` on the host that has the data, told to the scheduler by topology.");

    static final Parameter<FileSystemType> FS_TYPE = new Parameter<>(
            "fsType",
            ParameterType.oneOf(FileSystemType.class, FileSystemType::text),
            "ext4",
            false,
            "File system made on a blank volume when it is first mounted. `csi.storage.k8s.io/fstype` says the same.");

    static final Parameter<List<String>> MKFS_PARAMS = new Parameter<>(
            "mkfsParams", ParameterType.mkfsArguments(), "", false, "More arguments for the mkfs of `fsType`.");

    static final Parameter<List<String>> DISK_SELECTOR = new Parameter<>(
            "diskSelector", ParameterType.tags(), "", false, "Replicas go only to disks that carry all of these tags.");

    static final Parameter<List<String>> NODE_SELECTOR = new Parameter<>(
            "nodeSelector", ParameterType.tags(), "", false, "Replicas go only to hosts that carry all of these tags.");

    static final Parameter<String> BACKUP_TARGET_NAME = new Parameter<>(
            "backupTargetName",
            ParameterType.resourceName(),
            "default",
            false,
            "BackupTarget that the volume's backups go to.");

    static final List<Parameter<?>> ALL = List.of(
            NUMBER_OF_REPLICAS,
            STALE_REPLICA_TIMEOUT,
            FROM_BACKUP,
            RECURRING_JOBS,
            RECURRING_JOB_SELECTOR,
            DATA_LOCALITY,
            FS_TYPE,
            MKFS_PARAMS,
            DISK_SELECTOR,
            NODE_SELECTOR,
            BACKUP_TARGET_NAME);

    private VolumeKeys() {}
}
