package io.drover.core.parameters;

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
                    + "uploaded.");

    static final Parameter<String> BACKUP_TARGET = new Parameter<>(
            "backupTarget",
            new ParameterType<>("a BackupTarget's name, or a URL", SnapshotKeys::target, text -> text),
            "",
            false,
            "Where the backup goes. A URL takes its credentials from the secret that "
                    + "`csi.storage.k8s.io/snapshotter-secret-name` and `-namespace` name. Empty: the target of the volume.");

    static final Parameter<SnapshotParameters.BackupMode> BACKUP_MODE = new Parameter<>(
            "backupMode",
            ParameterType.oneOf(
                    SnapshotParameters.BackupMode.class, mode -> mode.name().toLowerCase(Locale.ROOT)),
            "incremental",
            false,
            "What is uploaded: what changed since the last backup, or everything.");

    static final Parameter<String> FROM_BACKUP = new Parameter<>(
            "fromBackup",
            ParameterType.backupUrl(),
            "",
            false,
            "An existing backup. The VolumeSnapshot then stands for it and nothing new is taken.");

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
