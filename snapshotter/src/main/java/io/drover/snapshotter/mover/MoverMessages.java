package io.drover.snapshotter.mover;

import io.drover.core.error.StorageException;
import io.drover.core.rpc.Timestamps;
import io.drover.proto.mover.v1.BadBlock;
import io.drover.proto.mover.v1.StoredBackup;
import io.drover.proto.mover.v1.StoredVolume;
import io.drover.proto.mover.v1.TestTargetResponse;
import io.drover.proto.mover.v1.Transfer;
import io.drover.snapshotter.format.BackupConfiguration;
import io.drover.snapshotter.format.BackupUrl;
import io.drover.snapshotter.format.VolumeConfiguration;
import io.drover.snapshotter.target.TargetProbe;
import io.drover.snapshotter.transfer.TransferKey;
import io.drover.snapshotter.transfer.TransferKind;
import io.drover.snapshotter.transfer.TransferState;
import java.util.List;

/** Writes values into messages. */
final class MoverMessages {
    /** Of so many bad blocks a message tells all; of more only the number. */
    private static final int BAD_BLOCKS_SHOWN = 1000;

    private MoverMessages() {}

    static Transfer transfer(io.drover.snapshotter.transfer.Transfer transfer) {
        TransferKey key = transfer.key();
        Transfer.Builder message = Transfer.newBuilder()
                .setId(key.id())
                .setKind(kind(key.kind()))
                .setState(state(transfer.state()))
                .setVolume(key.volume())
                .setBackup(key.backup())
                .setIntoVolume(key.intoVolume())
                .setTotalBytes(transfer.totalBytes())
                .setDoneBytes(transfer.doneBytes())
                .setSentBytes(transfer.sentBytes())
                .setReadBytes(transfer.readBytes())
                .setRequests(transfer.requests())
                .setStarted(Timestamps.of(transfer.started()))
                .setErrorCode(transfer.error().map(Enum::name).orElse(""))
                .setMessage(transfer.message());
        transfer.ended().ifPresent(ended -> message.setEnded(Timestamps.of(ended)));
        switch (transfer.result()) {
            case BackupResult(BackupConfiguration backup, long volumeSize) ->
                message.setResult(backup(key.target(), backup, volumeSize, ""));
            case VerificationResult(var report) ->
                message.setBadBlockCount(report.bad().size())
                        .addAllBadBlocks(report.bad().stream()
                                .limit(BAD_BLOCKS_SHOWN)
                                .map(MoverMessages::badBlock)
                                .toList());
            default -> {}
        }
        return message.build();
    }

    static StoredBackup backup(String target, BackupConfiguration backup, long volumeSize, String problem) {
        StoredBackup.Builder message = StoredBackup.newBuilder()
                .setVolume(backup.volume())
                .setName(backup.name())
                .setSnapshot(backup.snapshot())
                .setSizeBytes(backup.size())
                .setVolumeSizeBytes(volumeSize)
                .putAllLabels(backup.labels())
                .setIncremental(backup.incremental())
                .setCompression(backup.compressionMethod().isEmpty() ? "gzip" : backup.compressionMethod())
                .setBlockBytes(blockBytes(backup))
                .setNewlyUploadedBytes(backup.newlyUploaded())
                .setReUploadedBytes(backup.reUploaded())
                .setUrl(new BackupUrl(target, backup.volume(), backup.name()).text())
                .setProblem(problem);
        backup.snapshotCreated().ifPresent(created -> message.setSnapshotCreated(Timestamps.of(created)));
        backup.completed().ifPresent(completed -> message.setCompleted(Timestamps.of(completed)));
        return message.build();
    }

    /** One whose configuration cannot be read. */
    static StoredBackup unreadable(String target, String volume, String backup, String problem) {
        return StoredBackup.newBuilder()
                .setVolume(volume)
                .setName(backup)
                .setUrl(new BackupUrl(target, volume, backup).text())
                .setProblem(problem)
                .build();
    }

    /** 0 if the backup names a size that cannot be; its problem says so. */
    private static long blockBytes(BackupConfiguration backup) {
        try {
            return backup.blockSize().bytes();
        } catch (StorageException e) {
            return 0;
        }
    }

    static StoredVolume volume(io.drover.snapshotter.store.StoredVolume volume) {
        StoredVolume.Builder message =
                StoredVolume.newBuilder().setName(volume.name()).setProblem(volume.problem());
        volume.configuration().ifPresent(configuration -> describe(configuration, message));
        return message.build();
    }

    private static void describe(VolumeConfiguration volume, StoredVolume.Builder message) {
        message.setSizeBytes(volume.size()).setLastBackup(volume.lastBackup()).setBlockCount(volume.blockCount());
        volume.lastBackupAt().ifPresent(at -> message.setLastBackupAt(Timestamps.of(at)));
        volume.created().ifPresent(created -> message.setCreated(Timestamps.of(created)));
    }

    static TestTargetResponse test(List<TargetProbe.Step> steps, List<String> warnings) {
        return TestTargetResponse.newBuilder()
                .addAllSteps(steps.stream()
                        .map(step -> TestTargetResponse.Step.newBuilder()
                                .setName(step.name())
                                .setProblem(step.problem())
                                .setMilliseconds(step.took().toMillis())
                                .build())
                        .toList())
                .addAllWarnings(warnings)
                .build();
    }

    private static BadBlock badBlock(io.drover.snapshotter.store.BadBlock block) {
        return BadBlock.newBuilder()
                .setOffset(block.offset())
                .setChecksum(block.checksum().toString())
                .setProblem(block.problem())
                .build();
    }

    private static Transfer.Kind kind(TransferKind kind) {
        return switch (kind) {
            case BACKUP -> Transfer.Kind.BACKUP;
            case RESTORE -> Transfer.Kind.RESTORE;
            case DELETION -> Transfer.Kind.DELETION;
            case VERIFICATION -> Transfer.Kind.VERIFICATION;
        };
    }

    private static Transfer.State state(TransferState state) {
        return switch (state) {
            case WAITING -> Transfer.State.WAITING;
            case RUNNING -> Transfer.State.RUNNING;
            case DONE -> Transfer.State.DONE;
            case FAILED -> Transfer.State.FAILED;
            case CANCELLED -> Transfer.State.CANCELLED;
        };
    }
}
