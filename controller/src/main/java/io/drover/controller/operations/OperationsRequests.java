package io.drover.controller.operations;

import io.drover.controller.volume.SizeRange;
import io.drover.controller.volume.VolumeSpecification;
import io.drover.core.error.StorageException;
import io.drover.core.model.AccessMode;
import io.drover.core.model.Settings;
import io.drover.core.model.SnapshotId;
import io.drover.core.model.VolumeId;
import io.drover.core.model.VolumeSource;
import io.drover.core.parameters.ParameterReader;
import io.drover.proto.operations.v1.CreateVolumeRequest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Set;

/** Reads what people ask for. */
final class OperationsRequests {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

    private OperationsRequests() {}

    static VolumeSpecification create(CreateVolumeRequest request, Settings settings) {
        return new VolumeSpecification(
                new VolumeId(request.getName()),
                new SizeRange(request.getSizeBytes(), 0),
                ParameterReader.read(request.getParametersMap(), settings),
                ParameterReader.namesFileSystem(request.getParametersMap()),
                Set.of(AccessMode.SINGLE_NODE_WRITER),
                request.getBlock(),
                !request.getBlock(),
                source(request),
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

    private static VolumeSource source(CreateVolumeRequest request) {
        if (!request.getFromSnapshot().isEmpty() && !request.getFromVolume().isEmpty()) {
            throw StorageException.invalid(
                    "a volume is made from a snapshot or from a volume, not from both; name one");
        }
        if (!request.getFromSnapshot().isEmpty()) {
            return new VolumeSource.FromSnapshot(snapshot(request.getFromSnapshot()));
        }
        return request.getFromVolume().isEmpty()
                ? new VolumeSource.Blank()
                : new VolumeSource.FromVolume(new VolumeId(request.getFromVolume()));
    }
}
