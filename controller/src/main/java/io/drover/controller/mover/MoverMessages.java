package io.drover.controller.mover;

import io.drover.core.error.ErrorCode;
import io.drover.core.error.StorageException;
import io.drover.core.model.BackupId;
import io.drover.core.model.BackupSettings;
import io.drover.core.model.ByteSize;
import io.drover.core.model.NodeId;
import io.drover.core.rpc.Timestamps;
import io.drover.proto.mover.v1.Limits;
import io.drover.proto.mover.v1.Snapshot;
import io.drover.proto.mover.v1.StartBackupRequest;
import io.drover.proto.mover.v1.StartDeletionRequest;
import io.drover.proto.mover.v1.StartRestoreRequest;
import io.drover.proto.mover.v1.Target;
import io.drover.proto.mover.v1.TestTargetResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Between the values of this package and the messages of {@code mover.proto}. */
final class MoverMessages {
    private MoverMessages() {}

    static Target target(TargetAccess target) {
        return Target.newBuilder()
                .setUrl(target.url())
                .putAllCredentials(target.credentials())
                .build();
    }

    static StartBackupRequest backup(BackupOrder order) {
        return StartBackupRequest.newBuilder()
                .setTarget(target(order.target()))
                .setVolume(order.backup().volume().value())
                .setBackup(order.backup().name())
                .setDisk(order.disk().value())
                .setSnapshot(snapshot(order.snapshot()))
                .setVolumeSizeBytes(order.size().bytes())
                .addAllLocalSnapshots(
                        order.local().stream().map(MoverMessages::snapshot).toList())
                .putAllLabels(order.labels())
                .setMode(order.mode().text())
                .setCompression(order.settings().compression().text())
                .setBlockBytes(order.settings().blockSize().bytes())
                .setLimits(limits(order.settings()))
                .build();
    }

    static StartRestoreRequest restore(RestoreOrder order) {
        return StartRestoreRequest.newBuilder()
                .setTarget(target(order.target()))
                .setVolume(order.backup().volume().value())
                .setBackup(order.backup().name())
                .setIntoVolume(order.into().value())
                .setIntoDisk(order.disk().value())
                .setSizeBytes(order.size().bytes())
                .setLimits(limits(order.settings()))
                .build();
    }

    static StartDeletionRequest deletion(TargetAccess target, BackupId backup, List<String> remembered) {
        return StartDeletionRequest.newBuilder()
                .setTarget(target(target))
                .setVolume(backup.volume().value())
                .setBackup(backup.name())
                .addAllRemembered(remembered)
                .build();
    }

    static Limits limits(BackupSettings settings) {
        return Limits.newBuilder()
                .setCores(settings.cores())
                .setRequests(settings.requests())
                .setMemoryBytes(settings.memory().bytes())
                .setBytesPerSecond(settings.bandwidthLimit().bytes())
                .build();
    }

    static Transfer transfer(NodeId node, io.drover.proto.mover.v1.Transfer transfer) {
        return new Transfer(
                node,
                transfer.getId(),
                kind(transfer.getKind()),
                state(transfer.getState()),
                transfer.getVolume(),
                transfer.getBackup(),
                transfer.getIntoVolume(),
                new Transfer.Progress(
                        transfer.getTotalBytes(),
                        transfer.getDoneBytes(),
                        transfer.getSentBytes(),
                        transfer.getReadBytes(),
                        transfer.getRequests()),
                transfer.hasStarted() ? Optional.of(Timestamps.instant(transfer.getStarted())) : Optional.empty(),
                transfer.hasEnded() ? Optional.of(Timestamps.instant(transfer.getEnded())) : Optional.empty(),
                code(transfer.getErrorCode()),
                transfer.getMessage(),
                transfer.hasResult() ? Optional.of(stored(transfer.getResult())) : Optional.empty(),
                transfer.getBadBlocksList().stream()
                        .map(block -> new Transfer.BadBlock(block.getOffset(), block.getChecksum(), block.getProblem()))
                        .toList(),
                transfer.getBadBlockCount());
    }

    static StoredBackup stored(io.drover.proto.mover.v1.StoredBackup backup) {
        return new StoredBackup(
                backup.getVolume(),
                backup.getName(),
                backup.getSnapshot(),
                backup.hasSnapshotCreated()
                        ? Optional.of(Timestamps.instant(backup.getSnapshotCreated()))
                        : Optional.empty(),
                backup.hasCompleted() ? Optional.of(Timestamps.instant(backup.getCompleted())) : Optional.empty(),
                backup.getSizeBytes(),
                new ByteSize(backup.getVolumeSizeBytes()),
                backup.getLabelsMap(),
                backup.getIncremental(),
                backup.getCompression(),
                backup.getBlockBytes(),
                backup.getNewlyUploadedBytes(),
                backup.getReUploadedBytes(),
                backup.getUrl(),
                backup.getProblem());
    }

    static StoredVolume storedVolume(io.drover.proto.mover.v1.StoredVolume volume) {
        return new StoredVolume(
                volume.getName(),
                new ByteSize(volume.getSizeBytes()),
                volume.getLastBackup(),
                volume.hasLastBackupAt() ? Optional.of(Timestamps.instant(volume.getLastBackupAt())) : Optional.empty(),
                volume.hasCreated() ? Optional.of(Timestamps.instant(volume.getCreated())) : Optional.empty(),
                volume.getBlockCount(),
                volume.getProblem());
    }

    static TargetTest test(TestTargetResponse response) {
        return new TargetTest(
                response.getStepsList().stream()
                        .map(step -> new TargetTest.Step(
                                step.getName(), step.getProblem(), Duration.ofMillis(step.getMilliseconds())))
                        .toList(),
                response.getWarningsList());
    }

    private static Snapshot snapshot(BackupOrder.LocalSnapshot snapshot) {
        return Snapshot.newBuilder()
                .setName(snapshot.name())
                .setCreated(Timestamps.of(snapshot.created()))
                .build();
    }

    /** A name that this version does not know is a failure like any other. */
    private static Optional<ErrorCode> code(String name) {
        if (name.isEmpty()) {
            return Optional.empty();
        }
        for (ErrorCode code : ErrorCode.values()) {
            if (code.name().equals(name)) {
                return Optional.of(code);
            }
        }
        return Optional.of(ErrorCode.INTERNAL);
    }

    private static Transfer.Kind kind(io.drover.proto.mover.v1.Transfer.Kind kind) {
        return switch (kind) {
            case BACKUP -> Transfer.Kind.BACKUP;
            case RESTORE -> Transfer.Kind.RESTORE;
            case DELETION -> Transfer.Kind.DELETION;
            case VERIFICATION -> Transfer.Kind.VERIFICATION;
            case KIND_UNSPECIFIED, UNRECOGNIZED -> throw unknown("kind");
        };
    }

    private static Transfer.State state(io.drover.proto.mover.v1.Transfer.State state) {
        return switch (state) {
            case WAITING -> Transfer.State.WAITING;
            case RUNNING -> Transfer.State.RUNNING;
            case DONE -> Transfer.State.DONE;
            case FAILED -> Transfer.State.FAILED;
            case CANCELLED -> Transfer.State.CANCELLED;
            case STATE_UNSPECIFIED, UNRECOGNIZED -> throw unknown("state");
        };
    }

    private static StorageException unknown(String what) {
        return StorageException.unavailable("a mover told of a transfer of a " + what
                + " that this version does not know; use the same version everywhere");
    }
}
