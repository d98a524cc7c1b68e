package io.drover.controller.operations;

import io.drover.controller.backup.BackupProgress;
import io.drover.controller.backup.BackupView;
import io.drover.controller.mover.StoredBackup;
import io.drover.controller.mover.TargetTest;
import io.drover.core.model.Backup;
import io.drover.core.model.BackupTarget;
import io.drover.core.rpc.Timestamps;
import io.drover.proto.operations.v1.BackupSummary;
import io.drover.proto.operations.v1.BadBlock;
import io.drover.proto.operations.v1.TargetSummary;
import io.drover.proto.operations.v1.TestTargetResponse;
import io.drover.proto.operations.v1.Transfer;
import java.util.Locale;
import java.util.Optional;

/** Backups, targets and transfers as messages of {@code operations.proto}. */
final class BackupMessages {
    /** The state of a backup that only its store knows. */
    static final String IN_STORE = "in-store";

    private BackupMessages() {}

    static TargetSummary target(BackupTarget target, int backups) {
        return TargetSummary.newBuilder()
                .setName(target.name())
                .setUrl(target.url())
                .setHasCredentials(!target.credentials().isEmpty())
                .setCreated(Timestamps.of(target.createdAt()))
                .setBackups(backups)
                .build();
    }

    static TestTargetResponse test(TargetTest test) {
        return TestTargetResponse.newBuilder()
                .addAllSteps(test.steps().stream()
                        .map(step -> TestTargetResponse.Step.newBuilder()
                                .setName(step.name())
                                .setProblem(step.problem())
                                .setMilliseconds(step.duration().toMillis())
                                .build())
                        .toList())
                .addAllWarnings(test.warnings())
                .build();
    }

    static BackupSummary backup(BackupProgress progress) {
        Backup backup = progress.backup();
        return backup(new BackupView(
                Optional.of(backup), Optional.empty(), backup.target(), backup.targetUrl(), progress.transfer()));
    }

    static BackupSummary backup(BackupView view) {
        BackupSummary.Builder message = BackupSummary.newBuilder();
        view.stored().ifPresent(stored -> addStored(message, stored));
        view.backup().ifPresent(backup -> addRecord(message, backup));
        view.transfer().ifPresent(transfer -> message.setTransfer(transfer(transfer)));
        return message.setTarget(view.target())
                .setTargetUrl(view.targetUrl())
                .setUrl(url(view.targetUrl(), message.getVolume(), message.getName()))
                .build();
    }

    private static void addStored(BackupSummary.Builder message, StoredBackup stored) {
        message.setVolume(stored.volume())
                .setName(stored.name())
                .setHandle("bak://" + stored.volume() + "/" + stored.name())
                .setState(IN_STORE)
                .setSnapshot(stored.snapshot())
                .setSizeBytes(stored.volumeSize().bytes())
                .setStoredBytes(stored.storedBytes())
                .setUploadedBytes(stored.newlyUploadedBytes())
                .setIncremental(stored.incremental())
                .putAllLabels(stored.labels())
                .setProblem(
                        stored.completed().isEmpty() && stored.problem().isEmpty()
                                ? "it is in progress, or was interrupted"
                                : stored.problem());
        stored.snapshotCreated().ifPresent(time -> message.setSnapshotCreated(Timestamps.of(time)));
        stored.completed().ifPresent(time -> message.setCompleted(Timestamps.of(time)));
    }

    private static void addRecord(BackupSummary.Builder message, Backup backup) {
        message.setVolume(backup.id().volume().value())
                .setName(backup.id().name())
                .setHandle(backup.id().handle())
                .setState(word(backup.state()))
                .setOrigin(word(backup.origin()))
                .setSnapshot(backup.snapshot())
                .setSizeBytes(backup.size().bytes())
                .setMode(backup.mode().text())
                .clearLabels()
                .putAllLabels(backup.labels())
                .setSnapshotCreated(Timestamps.of(backup.snapshotAt()));
        backup.facts()
                .ifPresent(facts -> message.setStoredBytes(facts.storedBytes())
                        .setUploadedBytes(facts.newlyUploadedBytes())
                        .setIncremental(facts.incremental()));
        backup.completedAt().ifPresent(time -> message.setCompleted(Timestamps.of(time)));
        backup.failure().ifPresent(failure -> message.setFailure(failure.message()));
    }

    private static String url(String target, String volume, String name) {
        return target + (target.contains("?") ? "&" : "?") + "backup=" + name + "&volume=" + volume;
    }

    static Transfer transfer(io.drover.controller.mover.Transfer transfer) {
        Transfer.Builder message = Transfer.newBuilder()
                .setId(transfer.id())
                .setNode(transfer.node().value())
                .setKind(word(transfer.kind()))
                .setState(word(transfer.state()))
                .setVolume(transfer.volume())
                .setBackup(transfer.backup())
                .setIntoVolume(transfer.intoVolume())
                .setTotalBytes(transfer.progress().total())
                .setDoneBytes(transfer.progress().done())
                .setSentBytes(transfer.progress().sent())
                .setReadBytes(transfer.progress().read())
                .setRequests(transfer.progress().requests())
                .setMessage(transfer.message())
                .addAllBadBlocks(transfer.badBlocks().stream()
                        .map(block -> BadBlock.newBuilder()
                                .setOffset(block.offset())
                                .setChecksum(block.checksum())
                                .setProblem(block.problem())
                                .build())
                        .toList())
                .setBadBlockCount(transfer.badBlockCount());
        transfer.started().ifPresent(time -> message.setStarted(Timestamps.of(time)));
        transfer.ended().ifPresent(time -> message.setEnded(Timestamps.of(time)));
        return message.build();
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
