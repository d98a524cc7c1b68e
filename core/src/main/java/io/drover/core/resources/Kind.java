package io.drover.core.resources;

import io.drover.core.model.Backup;
import io.drover.core.model.BackupTarget;
import io.drover.core.model.JobHistory;
import io.drover.core.model.RecurringJob;
import io.drover.core.model.Resource;
import io.drover.core.model.SettingsRecord;
import io.drover.core.model.Snapshot;
import io.drover.core.model.SnapshotGroup;
import io.drover.core.model.StorageNode;
import io.drover.core.model.Volume;

/** The kinds of records: how each is called in a document, and which folder holds it. */
public enum Kind {
    VOLUME(Volume.class, "Volume", "volumes"),
    SNAPSHOT(Snapshot.class, "Snapshot", "snapshots"),
    GROUP(SnapshotGroup.class, "SnapshotGroup", "groups"),
    SETTINGS(SettingsRecord.class, "Settings", "settings"),
    BACKUP(Backup.class, "Backup", "backups"),
    BACKUP_TARGET(BackupTarget.class, "BackupTarget", "backuptargets"),
    RECURRING_JOB(RecurringJob.class, "RecurringJob", "recurringjobs"),
    JOB_HISTORY(JobHistory.class, "JobHistory", "jobhistories"),
    STORAGE_NODE(StorageNode.class, "StorageNode", "storagenodes");

    private final Class<? extends Resource> type;
    private final String text;
    private final String folder;

    Kind(Class<? extends Resource> type, String text, String folder) {
        this.type = type;
        this.text = text;
        this.folder = folder;
    }

    /** The kind of a record. */
    public static Kind of(Resource value) {
        return switch (value) {
            case Volume v -> VOLUME;
            case Snapshot s -> SNAPSHOT;
            case SnapshotGroup g -> GROUP;
            case SettingsRecord s -> SETTINGS;
            case Backup b -> BACKUP;
            case BackupTarget t -> BACKUP_TARGET;
            case RecurringJob j -> RECURRING_JOB;
            case JobHistory h -> JOB_HISTORY;
            case StorageNode n -> STORAGE_NODE;
        };
    }

    /**
     * The kind of a class of records.
     *
     * @throws IllegalArgumentException for {@link Resource} itself
     */
    public static Kind of(Class<? extends Resource> type) {
        for (Kind kind : values()) {
            if (kind.type == type) {
                return kind;
            }
        }
        throw new IllegalArgumentException(type + " is no kind of record");
    }

    public Class<? extends Resource> type() {
        return type;
    }

    /** As in {@code kind:} of a document. */
    public String text() {
        return text;
    }

    public String folder() {
        return folder;
    }

    /** As in the paths of the Kubernetes API. */
    public String plural() {
        return this == GROUP ? "snapshotgroups" : folder;
    }
}
