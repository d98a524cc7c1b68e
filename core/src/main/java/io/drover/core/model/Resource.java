package io.drover.core.model;

/** What the store keeps: a record with a key that is unique among its kind and usable as a file's name. */
public sealed interface Resource
        permits Volume,
                Snapshot,
                SnapshotGroup,
                SettingsRecord,
                Backup,
                BackupTarget,
                RecurringJob,
                JobHistory,
                StorageNode {
    String key();
}
