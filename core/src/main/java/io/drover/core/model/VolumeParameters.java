package io.drover.core.model;

import java.time.Duration;
import java.util.List;

/**
 * What a StorageClass says about a volume, typed once at the edge ({@code core.parameters.ParameterReader}).
 *
 * @param numberOfReplicas 1–20
 * @param staleReplicaTimeout after which a failed replica is deleted and rebuilt elsewhere
 * @param fromBackup backup URL to restore from, or empty
 * @param recurringJobs the volume's own jobs
 * @param recurringJobSelector the RecurringJob resources it takes part in
 * @param fsType for mounted use, unless the request's capability names one
 * @param mkfsParams additional arguments of mkfs, split at white space
 * @param diskSelector tags that the disk must all carry
 * @param nodeSelector tags that the node must all carry
 * @param backupTargetName name of the BackupTarget
 */
public record VolumeParameters(
        int numberOfReplicas,
        Duration staleReplicaTimeout,
        String fromBackup,
        List<JobSpecification> recurringJobs,
        List<JobSelector> recurringJobSelector,
        DataLocality dataLocality,
        FileSystemType fsType,
        List<String> mkfsParams,
        List<String> diskSelector,
        List<String> nodeSelector,
        String backupTargetName) {
    public VolumeParameters {
        recurringJobs = List.copyOf(recurringJobs);
        recurringJobSelector = List.copyOf(recurringJobSelector);
        mkfsParams = List.copyOf(mkfsParams);
        diskSelector = List.copyOf(diskSelector);
        nodeSelector = List.copyOf(nodeSelector);
    }

    /** The same with another file system. */
    public VolumeParameters withFsType(FileSystemType next) {
        return new VolumeParameters(
                numberOfReplicas,
                staleReplicaTimeout,
                fromBackup,
                recurringJobs,
                recurringJobSelector,
                dataLocality,
                next,
                mkfsParams,
                diskSelector,
                nodeSelector,
                backupTargetName);
    }
}
