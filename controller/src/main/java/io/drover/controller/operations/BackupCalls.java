package io.drover.controller.operations;

import io.drover.controller.backup.BackupServices;
import io.drover.controller.backup.BackupView;
import io.drover.core.error.StorageException;
import io.drover.core.model.BackupId;
import io.drover.core.model.NodeId;
import io.drover.core.model.Settings;
import io.drover.core.model.VolumeId;
import io.drover.proto.operations.v1.AddTargetRequest;
import io.drover.proto.operations.v1.BackupSummary;
import io.drover.proto.operations.v1.CancelTransferRequest;
import io.drover.proto.operations.v1.CreateBackupRequest;
import io.drover.proto.operations.v1.DeleteBackupRequest;
import io.drover.proto.operations.v1.DeleteBackupResponse;
import io.drover.proto.operations.v1.GetBackupRequest;
import io.drover.proto.operations.v1.ListBackupsRequest;
import io.drover.proto.operations.v1.ListBackupsResponse;
import io.drover.proto.operations.v1.ListTargetsResponse;
import io.drover.proto.operations.v1.ListTransfersResponse;
import io.drover.proto.operations.v1.RemoveTargetRequest;
import io.drover.proto.operations.v1.RemoveTargetResponse;
import io.drover.proto.operations.v1.TargetSummary;
import io.drover.proto.operations.v1.TestTargetRequest;
import io.drover.proto.operations.v1.TestTargetResponse;
import io.drover.proto.operations.v1.Transfer;
import io.drover.proto.operations.v1.VerifyBackupRequest;
import io.drover.proto.operations.v1.WatchTransferRequest;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The calls about backups and their targets. Deleting what does not exist is an error here: a person has mistyped. */
final class BackupCalls {
    private static final int ALL = 100;

    private final BackupServices backups;
    private final Supplier<Settings> settings;
    private final Clock clock;

    BackupCalls(BackupServices backups, Supplier<Settings> settings, Clock clock) {
        this.backups = backups;
        this.settings = settings;
        this.clock = clock;
    }

    ListTargetsResponse targets() {
        return ListTargetsResponse.newBuilder()
                .addAllTargets(backups.targets().list().stream()
                        .map(target ->
                                BackupMessages.target(target, backups.targets().backups(target)))
                        .toList())
                .build();
    }

    TargetSummary add(AddTargetRequest request) {
        Map<String, String> keys = new TreeMap<>();
        List<String> warnings = new ArrayList<>();
        request.getCredentialsMap().forEach((key, value) -> {
            String trimmed = value.stripTrailing();
            // A certificate ends in a newline; a key that does is the work of "echo key | base64".
            boolean isText = value.strip().contains("\n");
            if (!isText && !trimmed.equals(value)) {
                warnings.add("the value of " + key + " ended in white space, which was left out");
            }
            keys.put(key, isText ? value : trimmed);
        });
        var target = backups.targets().add(request.getName(), request.getUrl(), keys);
        return BackupMessages.target(target, backups.targets().backups(target)).toBuilder()
                .addAllWarnings(warnings)
                .build();
    }

    TestTargetResponse test(TestTargetRequest request) {
        return BackupMessages.test(backups.targets().test(request.getName()));
    }

    RemoveTargetResponse remove(RemoveTargetRequest request) {
        if (backups.targets().find(request.getName()).isEmpty()) {
            throw StorageException.notFound("backup target", request.getName());
        }
        backups.targets().remove(request.getName(), request.getForce());
        return RemoveTargetResponse.getDefaultInstance();
    }

    ListBackupsResponse list(ListBackupsRequest request) {
        Optional<VolumeId> volume = given(request.getVolume()).map(VolumeId::new);
        Optional<String> target = given(request.getTarget());
        target.ifPresent(name -> {
            if (backups.targets().find(name).isEmpty()) {
                throw StorageException.notFound("backup target", name);
            }
        });
        List<BackupView> views = request.getStored()
                ? backups.queries().listStored(volume, target)
                : backups.queries().list(volume, target);
        return ListBackupsResponse.newBuilder()
                .addAllBackups(views.stream().map(BackupMessages::backup).toList())
                .build();
    }

    BackupSummary get(GetBackupRequest request) {
        return BackupMessages.backup(existing(id(request.getVolume(), request.getName()), request.getTarget()));
    }

    BackupSummary create(CreateBackupRequest request) {
        return BackupMessages.backup(
                backups.creation().create(OperationsRequests.backup(request, clock.instant()), Map.of()));
    }

    DeleteBackupResponse delete(DeleteBackupRequest request) {
        BackupId id = id(request.getVolume(), request.getName());
        var _ = existing(id, request.getTarget());
        backups.deletion().delete(id, request.getTarget(), Map.of());
        return DeleteBackupResponse.getDefaultInstance();
    }

    Transfer verify(VerifyBackupRequest request) {
        return BackupMessages.transfer(backups.transfers()
                .verify(
                        id(request.getVolume(), request.getName()),
                        request.getTarget(),
                        request.getSamplePercent() == 0 ? ALL : request.getSamplePercent(),
                        settings.get().backups()));
    }

    ListTransfersResponse transfers() {
        return ListTransfersResponse.newBuilder()
                .addAllTransfers(backups.transfers().all().stream()
                        .map(BackupMessages::transfer)
                        .toList())
                .build();
    }

    void watch(WatchTransferRequest request, Consumer<Transfer> receiver) {
        backups.transfers()
                .watch(
                        request.getId(),
                        given(request.getNode()).map(NodeId::new),
                        transfer -> receiver.accept(BackupMessages.transfer(transfer)));
    }

    Transfer cancel(CancelTransferRequest request) {
        return BackupMessages.transfer(backups.transfers()
                .cancel(request.getId(), given(request.getNode()).map(NodeId::new)));
    }

    private BackupView existing(BackupId id, String target) {
        return backups.queries()
                .find(id, target, Map.of())
                .orElseThrow(() -> StorageException.notFound("backup", id.toString()));
    }

    private static BackupId id(String volume, String name) {
        return new BackupId(new VolumeId(volume), name);
    }

    private static Optional<String> given(String text) {
        return Optional.of(text).filter(each -> !each.isEmpty());
    }
}
