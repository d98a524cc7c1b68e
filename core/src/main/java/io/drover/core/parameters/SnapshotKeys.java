package io.drover.core.parameters;

import io.drover.core.model.BackupMode;
import java.util.List;
import java.util.Locale;

/** The parameters of a VolumeSnapshotClass or VolumeGroupSnapshotClass. */
final class SnapshotKeys {
    static final Parameter<SnapshotParameters.Type> TYPE = new Parameter<>(
            "type",
            ParameterType.oneOf(
                    SnapshotParameters.Type.class, type -> type.name().toLowerCase(Locale.ROOT)),
            "bak",
            false,
            "`snap`: a local snapshot, kept on the volume's own disks. `bak`: a snapshot that is then backed up; ready when it is "
                    + "uploaded. Groups of snapshots are always local.");

    static final Parameter<String> BACKUP_TARGET = new Parameter<>(
            "backupTarget",
            new ParameterType<>("a BackupTarget's name, or a URL", SnapshotKeys::target, text -> text),
            "",
            false,
            "Where the backup goes. A URL takes its credentials from the secret that "
                    + "`csi.storage.k8s.io/snapshotter-secret-name` and `-namespace` name. Empty: the target of the volume.");

    static final Parameter<BackupMode> BACKUP_MODE = new Parameter<>(
            "backupMode",
            ParameterType.oneOf(BackupMode.class, BackupMode::text),
            "incremental",
            false,
            "What is uploaded: what changed since the last backup, or everything.");

    static final Parameter<String> FROM_BACKUP = new Parameter<>(
            "fromBackup",
            ParameterType.backupUrl(),
            "",
            false,
            "An existing backup. The VolumeSnapshot then stands for it and nothing new is taken; deleting the VolumeSnapshot leaves "
                    + "the backup.");

    static final List<Parameter<?>> ALL = List.of(TYPE, BACKUP_TARGET, BACKUP_MODE, FROM_BACKUP);

    private SnapshotKeys() {}

    private static String target(String text) {
        String target = text.strip();
        if (!target.contains("://")) {
            return ParameterType.resourceName().reader().apply(target);
        }
        if (!BackupUrls.isTarget(target)) {
            throw ParameterType.impossible(
                    BackupUrls.withoutUser(target),
                    "write the name of a BackupTarget, or a URL such as s3://bucket@region/path/");
        }
        return target;
    }
}
