package io.drover.core.model;

/** What a new volume is filled with. */
public sealed interface VolumeSource {
    record Blank() implements VolumeSource {}

    record FromSnapshot(SnapshotId snapshot) implements VolumeSource {}

    record FromVolume(VolumeId volume) implements VolumeSource {}

    /**
     * A backup.
     *
     * @param target URL of the store, or empty as long as it is looked for among the known targets
     */
    record FromBackup(String target, BackupId backup) implements VolumeSource {}
}
