package io.drover.controller.operations;

import io.drover.controller.backup.BackupSpecification;
import io.drover.controller.volume.SizeRange;
import io.drover.controller.volume.VolumeSources;
import io.drover.controller.volume.VolumeSpecification;
import io.drover.core.error.NearestName;
import io.drover.core.error.StorageException;
import io.drover.core.model.AccessMode;
import io.drover.core.model.BackupId;
import io.drover.core.model.BackupMode;
import io.drover.core.model.BackupOrigin;
import io.drover.core.model.BackupUrl;
import io.drover.core.model.Settings;
import io.drover.core.model.SnapshotId;
import io.drover.core.model.VolumeId;
import io.drover.core.model.VolumeParameters;
import io.drover.core.model.VolumeSource;
import io.drover.core.parameters.ParameterReader;
import io.drover.proto.operations.v1.CreateBackupRequest;
import io.drover.proto.operations.v1.CreateVolumeRequest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Reads what people ask for. */
final class OperationsRequests {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

    private OperationsRequests() {}

    static VolumeSpecification create(CreateVolumeRequest request, Settings settings) {
        VolumeParameters parameters = ParameterReader.read(request.getParametersMap(), settings);
        return new VolumeSpecification(
                new VolumeId(request.getName()),
                new SizeRange(request.getSizeBytes(), 0),
                parameters,
                ParameterReader.namesFileSystem(request.getParametersMap()),
                Set.of(AccessMode.SINGLE_NODE_WRITER),
                request.getBlock(),
                !request.getBlock(),
                VolumeSources.withParameter(source(request), parameters.fromBackup()),
                Set.of(),
                List.of());
    }

    /** {@code volume/snapshot} or a handle. */
    static SnapshotId snapshot(String text) {
        return SnapshotId.ofHandle(SnapshotId.isHandle(text) ? text : "snap://" + text);
    }

    /** A snapshot of this volume: by name, or by anything that names it in full. */
    static SnapshotId snapshotOf(String volume, String snapshot) {
        if (!snapshot.contains("/")) {
            return new SnapshotId(new VolumeId(volume), snapshot);
        }
        SnapshotId id = snapshot(snapshot);
        if (!id.volume().value().equals(volume)) {
            throw StorageException.invalid(
                    "snapshot " + id + " is none of volume " + volume + "; name one of this volume");
        }
        return id;
    }

    static String snapshotName(String given, Instant now) {
        return given.isEmpty() ? "manual-" + TIME.format(now) : given;
    }

    /** {@code volume/backup} or a handle. */
    static BackupId backup(String text) {
        return BackupId.ofHandle(BackupId.isHandle(text) ? text : "bak://" + text);
    }

    static BackupSpecification backup(CreateBackupRequest request, Instant now) {
        String name = request.getName().isEmpty() ? "backup-" + TIME.format(now) : request.getName();
        return new BackupSpecification(
                new BackupId(new VolumeId(request.getVolume()), name),
                BackupOrigin.USER,
                request.getSnapshot().isEmpty()
                        ? ""
                        : snapshotOf(request.getVolume(), request.getSnapshot()).name(),
                request.getTarget(),
                mode(request.getMode()),
                request.getLabelsMap());
    }

    private static BackupMode mode(String text) {
        if (text.isEmpty()) {
            return BackupMode.INCREMENTAL;
        }
        for (BackupMode mode : BackupMode.values()) {
            if (mode.text().equals(text)) {
                return mode;
            }
        }
        throw StorageException.invalid(
                "mode \"" + NearestName.shown(text) + "\" is not known; choose incremental or full");
    }

    private static VolumeSource source(CreateVolumeRequest request) {
        long named = Stream.of(request.getFromSnapshot(), request.getFromVolume(), request.getFromBackup())
                .filter(name -> !name.isEmpty())
                .count();
        if (named > 1) {
            throw StorageException.invalid(
                    "a volume is made from a snapshot, from a volume or from a backup, not from several; name one");
        }
        if (!request.getFromBackup().isEmpty()) {
            return fromBackup(request.getFromBackup(), request.getBackupTarget());
        }
        if (!request.getFromSnapshot().isEmpty()) {
            return new VolumeSource.FromSnapshot(snapshot(request.getFromSnapshot()));
        }
        return request.getFromVolume().isEmpty()
                ? new VolumeSource.Blank()
                : new VolumeSource.FromVolume(new VolumeId(request.getFromVolume()));
    }

    private static VolumeSource fromBackup(String text, String target) {
        if (BackupUrl.isUrl(text) && !BackupId.isHandle(text)) {
            BackupUrl url = BackupUrl.parse(text);
            return new VolumeSource.FromBackup(url.target(), url.backup());
        }
        return new VolumeSource.FromBackup(target, backup(text));
    }
}
