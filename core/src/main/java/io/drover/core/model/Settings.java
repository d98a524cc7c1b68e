package io.drover.core.model;

/**
 * The driver's settings, typed. {@code core.parameters.SettingsReader} makes them from text and explains each.
 *
 * @param overProvisioningPercentage sum of the volumes' sizes on a disk, in percent of its usable capacity, up to which it takes new ones
 * @param minimalAvailablePercentage of a disk's capacity that must stay free for it to take new volumes and snapshots
 * @param reservedPercentage of a disk's capacity that Drover leaves to others
 * @param allowDegradedCreation whether a volume is made when there are fewer places than replicas wanted
 * @param maximumRetention upper limit of the sum of {@code retain} over a volume's jobs
 * @param backups how backups are made and how much they may take
 * @param jobs how recurring jobs run
 */
public record Settings(
        int overProvisioningPercentage,
        int minimalAvailablePercentage,
        int reservedPercentage,
        boolean allowDegradedCreation,
        int maximumRetention,
        BackupSettings backups,
        JobSettings jobs) {
    public static final Settings DEFAULTS =
            new Settings(200, 10, 0, true, 250, BackupSettings.DEFAULTS, JobSettings.DEFAULTS);

    /** Settings of volumes and disks; those of backups and jobs have their defaults. */
    public Settings(
            int overProvisioningPercentage,
            int minimalAvailablePercentage,
            int reservedPercentage,
            boolean allowDegradedCreation,
            int maximumRetention) {
        this(
                overProvisioningPercentage,
                minimalAvailablePercentage,
                reservedPercentage,
                allowDegradedCreation,
                maximumRetention,
                BackupSettings.DEFAULTS,
                JobSettings.DEFAULTS);
    }
}
