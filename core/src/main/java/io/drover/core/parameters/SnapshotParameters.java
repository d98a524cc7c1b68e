package io.drover.core.parameters;

import io.drover.core.error.StorageException;
import io.drover.core.error.Violations;
import io.drover.core.model.BackupMode;
import java.util.Map;

/**
 * What a VolumeSnapshotClass says about a snapshot.
 *
 * @param backupTarget the name of a BackupTarget or a URL; empty = the volume's
 * @param fromBackup URL of the backup that the snapshot stands for; empty = a new one is taken
 */
public record SnapshotParameters(Type type, String backupTarget, BackupMode backupMode, String fromBackup) {
    /** Where a snapshot goes. */
    public enum Type {
        /** Stays on the volume's disks. */
        SNAP,
        /** Is uploaded. */
        BAK
    }

    private static final String BACKING_IMAGE = "bi";

    /**
     * Reads the parameters of a class.
     *
     * @throws StorageException INVALID with all that is malformed or unknown; UNSUPPORTED for Longhorn's {@code type: bi}
     */
    public static SnapshotParameters read(Map<String, String> parameters) {
        Violations violations = new Violations();
        GivenParameters given = new GivenParameters(parameters, violations);
        if (BACKING_IMAGE.equals(parameters.get(SnapshotKeys.TYPE.key()))) {
            violations.addUnsupported("type \"bi\" (a backing image) is not offered; choose snap or bak");
            given.remove(SnapshotKeys.TYPE.key());
            given.remove("export-type");
        }
        SnapshotParameters read = new SnapshotParameters(
                given.get(SnapshotKeys.TYPE),
                given.get(SnapshotKeys.BACKUP_TARGET, ""),
                given.get(SnapshotKeys.BACKUP_MODE),
                given.get(SnapshotKeys.FROM_BACKUP));
        given.rejectUnknown(SnapshotKeys.ALL);
        violations.throwIfAny("cannot use the parameters of the snapshot");
        return read;
    }
}
