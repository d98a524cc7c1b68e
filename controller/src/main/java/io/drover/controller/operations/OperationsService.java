package io.drover.controller.operations;

import io.drover.controller.StorageServices;
import io.drover.controller.host.HostSurvey;
import io.drover.controller.jobs.JobAgenda;
import io.drover.controller.settings.DriverSettings;
import io.drover.controller.snapshot.SnapshotSpecification;
import io.drover.controller.volume.SizeRange;
import io.drover.controller.volume.VolumeView;
import io.drover.core.error.StorageException;
import io.drover.core.model.Snapshot;
import io.drover.core.model.SnapshotId;
import io.drover.core.model.SnapshotOrigin;
import io.drover.core.model.Volume;
import io.drover.core.model.VolumeId;
import io.drover.core.parameters.ParameterReader;
import io.drover.core.rpc.ServerStream;
import io.drover.core.rpc.Timestamps;
import io.drover.core.rpc.Unary;
import io.drover.proto.operations.v1.AddTargetRequest;
import io.drover.proto.operations.v1.BackupSummary;
import io.drover.proto.operations.v1.CancelTransferRequest;
import io.drover.proto.operations.v1.CreateBackupRequest;
import io.drover.proto.operations.v1.CreateSnapshotRequest;
import io.drover.proto.operations.v1.CreateVolumeRequest;
import io.drover.proto.operations.v1.DeleteBackupRequest;
import io.drover.proto.operations.v1.DeleteBackupResponse;
import io.drover.proto.operations.v1.DeleteSnapshotRequest;
import io.drover.proto.operations.v1.DeleteSnapshotResponse;
import io.drover.proto.operations.v1.DeleteVolumeRequest;
import io.drover.proto.operations.v1.DeleteVolumeResponse;
import io.drover.proto.operations.v1.ExpandVolumeRequest;
import io.drover.proto.operations.v1.GetBackupRequest;
import io.drover.proto.operations.v1.GetStatusRequest;
import io.drover.proto.operations.v1.GetVolumeRequest;
import io.drover.proto.operations.v1.ListBackupsRequest;
import io.drover.proto.operations.v1.ListBackupsResponse;
import io.drover.proto.operations.v1.ListDisksRequest;
import io.drover.proto.operations.v1.ListDisksResponse;
import io.drover.proto.operations.v1.ListSettingsRequest;
import io.drover.proto.operations.v1.ListSettingsResponse;
import io.drover.proto.operations.v1.ListSnapshotsRequest;
import io.drover.proto.operations.v1.ListSnapshotsResponse;
import io.drover.proto.operations.v1.ListTargetsRequest;
import io.drover.proto.operations.v1.ListTargetsResponse;
import io.drover.proto.operations.v1.ListTransfersRequest;
import io.drover.proto.operations.v1.ListTransfersResponse;
import io.drover.proto.operations.v1.ListVolumesRequest;
import io.drover.proto.operations.v1.ListVolumesResponse;
import io.drover.proto.operations.v1.ModifyVolumeRequest;
import io.drover.proto.operations.v1.OperationsGrpc;
import io.drover.proto.operations.v1.RemoveTargetRequest;
import io.drover.proto.operations.v1.RemoveTargetResponse;
import io.drover.proto.operations.v1.RevertVolumeRequest;
import io.drover.proto.operations.v1.RevertVolumeResponse;
import io.drover.proto.operations.v1.SetSettingRequest;
import io.drover.proto.operations.v1.Setting;
import io.drover.proto.operations.v1.SnapshotSummary;
import io.drover.proto.operations.v1.Status;
import io.drover.proto.operations.v1.TargetSummary;
import io.drover.proto.operations.v1.TestTargetRequest;
import io.drover.proto.operations.v1.TestTargetResponse;
import io.drover.proto.operations.v1.Transfer;
import io.drover.proto.operations.v1.VerifyBackupRequest;
import io.drover.proto.operations.v1.VolumeDetail;
import io.drover.proto.operations.v1.VolumeSummary;
import io.drover.proto.operations.v1.WatchTransferRequest;
import io.grpc.stub.StreamObserver;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** The service behind the command line. Deleting what does not exist is an error here: a person has mistyped. */
public final class OperationsService extends OperationsGrpc.OperationsImplBase {
    private final StorageServices services;
    private final DriverSettings settings;
    private final ProgramFacts facts;
    private final Clock clock;
    private final BackupCalls backups;

    public OperationsService(StorageServices services, DriverSettings settings, ProgramFacts facts, Clock clock) {
        this.services = services;
        this.settings = settings;
        this.facts = facts;
        this.clock = clock;
        this.backups = new BackupCalls(services.backups(), settings, clock);
    }

    @Override
    public void getStatus(GetStatusRequest request, StreamObserver<Status> observer) {
        Unary.handle(
                observer,
                () -> Status.newBuilder()
                        .setVersion(facts.version())
                        .setNode(facts.node())
                        .setStarted(Timestamps.of(facts.started()))
                        .setCsiEndpoint(facts.csiEndpoint())
                        .setDataDirectory(facts.dataDirectory())
                        .setMetricsAddress(facts.metricsAddress())
                        .setProcessId(facts.processId())
                        .setVolumes(services.records().visible().size())
                        .setSnapshots(services.records().snapshots().size())
                        .build());
    }

    @Override
    public void listVolumes(ListVolumesRequest request, StreamObserver<ListVolumesResponse> observer) {
        Unary.handle(observer, () -> {
            Map<VolumeId, Long> snapshots = services.records().snapshots().stream()
                    .collect(Collectors.groupingBy(snapshot -> snapshot.id().volume(), Collectors.counting()));
            return ListVolumesResponse.newBuilder()
                    .addAllVolumes(services.queries().all().stream()
                            .map(view -> summary(view, snapshots))
                            .toList())
                    .build();
        });
    }

    private static VolumeSummary summary(VolumeView view, Map<VolumeId, Long> snapshots) {
        int count = snapshots.getOrDefault(view.volume().id(), 0L).intValue();
        return OperationsMessages.volume(view.volume(), view.condition(), count, OptionalLong.empty());
    }

    @Override
    public void getVolume(GetVolumeRequest request, StreamObserver<VolumeDetail> observer) {
        Unary.handle(observer, () -> {
            Volume volume = existing(request.getName());
            JobAgenda agenda = services.jobs().agenda();
            return OperationsMessages.detail(services.queries().detail(volume)).toBuilder()
                    .addAllJobs(agenda.of(volume).stream()
                            .map(entry -> JobMessages.summary(agenda, entry))
                            .toList())
                    .addAllWarnings(agenda.warnings(volume))
                    .build();
        });
    }

    @Override
    public void createVolume(CreateVolumeRequest request, StreamObserver<VolumeSummary> observer) {
        Unary.change(
                observer,
                () -> withWarnings(services.creation().create(OperationsRequests.create(request, settings.get()))));
    }

    @Override
    public void deleteVolume(DeleteVolumeRequest request, StreamObserver<DeleteVolumeResponse> observer) {
        Unary.change(observer, () -> {
            services.deletion().delete(existing(request.getName()).id());
            return DeleteVolumeResponse.getDefaultInstance();
        });
    }

    @Override
    public void expandVolume(ExpandVolumeRequest request, StreamObserver<VolumeSummary> observer) {
        Unary.change(observer, () -> {
            VolumeId id = new VolumeId(request.getName());
            Volume now = services.records().visible(id);
            if (request.getSizeBytes() < now.size().bytes()) {
                throw StorageException.outOfRange(
                        "volume " + id + " has " + now.size() + " and cannot become smaller; give a larger size");
            }
            return summary(services.changes().expand(id, new SizeRange(request.getSizeBytes(), 0)));
        });
    }

    @Override
    public void modifyVolume(ModifyVolumeRequest request, StreamObserver<VolumeSummary> observer) {
        Unary.change(
                observer,
                () -> withWarnings(services.changes()
                        .modify(
                                new VolumeId(request.getName()),
                                now -> ParameterReader.readMutable(request.getParametersMap(), now, settings.get()))));
    }

    @Override
    public void revertVolume(RevertVolumeRequest request, StreamObserver<RevertVolumeResponse> observer) {
        Unary.change(observer, () -> {
            Snapshot safety =
                    services.reverts().revert(OperationsRequests.snapshotOf(request.getName(), request.getSnapshot()));
            return RevertVolumeResponse.newBuilder()
                    .setSafetySnapshot(safety.id().name())
                    .build();
        });
    }

    @Override
    public void listSnapshots(ListSnapshotsRequest request, StreamObserver<ListSnapshotsResponse> observer) {
        Unary.handle(observer, () -> {
            if (request.getVolume().isEmpty()) {
                return snapshots(services.snapshotQueries().all(Optional.empty()), Map.of());
            }
            var detail = services.queries().detail(existing(request.getVolume()));
            return snapshots(
                    services.snapshotQueries().all(Optional.of(detail.volume().id())),
                    OperationsMessages.exclusive(detail.replicas()));
        });
    }

    private static ListSnapshotsResponse snapshots(List<Snapshot> snapshots, Map<String, Long> exclusive) {
        return ListSnapshotsResponse.newBuilder()
                .addAllSnapshots(snapshots.stream()
                        .map(snapshot -> OperationsMessages.snapshot(snapshot, exclusive))
                        .toList())
                .build();
    }

    @Override
    public void createSnapshot(CreateSnapshotRequest request, StreamObserver<SnapshotSummary> observer) {
        Unary.change(observer, () -> {
            SnapshotId id = new SnapshotId(
                    new VolumeId(request.getVolume()),
                    OperationsRequests.snapshotName(request.getName(), clock.instant()));
            Snapshot snapshot =
                    services.snapshotCreation().create(new SnapshotSpecification(id, SnapshotOrigin.USER, Map.of()));
            return OperationsMessages.snapshot(snapshot, Map.of());
        });
    }

    @Override
    public void deleteSnapshot(DeleteSnapshotRequest request, StreamObserver<DeleteSnapshotResponse> observer) {
        Unary.change(observer, () -> {
            SnapshotId id = OperationsRequests.snapshotOf(request.getVolume(), request.getName());
            if (services.records().snapshot(id).isEmpty()) {
                throw StorageException.notFound("snapshot", id.toString());
            }
            services.snapshotDeletion().delete(id);
            return DeleteSnapshotResponse.getDefaultInstance();
        });
    }

    @Override
    public void listDisks(ListDisksRequest request, StreamObserver<ListDisksResponse> observer) {
        Unary.handle(observer, () -> {
            HostSurvey survey = HostSurvey.of(services.hosts());
            survey.silent().values().stream().findFirst().ifPresent(silent -> {
                throw silent; // a list that lacks a host would read as if it had no disks
            });
            return ListDisksResponse.newBuilder()
                    .addAllDisks(survey.disks().stream()
                            .map(OperationsMessages::disk)
                            .toList())
                    .build();
        });
    }

    @Override
    public void listSettings(ListSettingsRequest request, StreamObserver<ListSettingsResponse> observer) {
        Unary.handle(
                observer,
                () -> ListSettingsResponse.newBuilder()
                        .addAllSettings(settings.list().stream()
                                .map(OperationsMessages::setting)
                                .toList())
                        .build());
    }

    @Override
    public void setSetting(SetSettingRequest request, StreamObserver<Setting> observer) {
        Unary.handle(observer, () -> OperationsMessages.setting(settings.set(request.getName(), request.getValue())));
    }

    @Override
    public void listTargets(ListTargetsRequest request, StreamObserver<ListTargetsResponse> observer) {
        Unary.handle(observer, () -> backups.targets());
    }

    @Override
    public void addTarget(AddTargetRequest request, StreamObserver<TargetSummary> observer) {
        Unary.change(observer, () -> backups.add(request));
    }

    @Override
    public void testTarget(TestTargetRequest request, StreamObserver<TestTargetResponse> observer) {
        Unary.handle(observer, () -> backups.test(request));
    }

    @Override
    public void removeTarget(RemoveTargetRequest request, StreamObserver<RemoveTargetResponse> observer) {
        Unary.change(observer, () -> backups.remove(request));
    }

    @Override
    public void listBackups(ListBackupsRequest request, StreamObserver<ListBackupsResponse> observer) {
        Unary.handle(observer, () -> backups.list(request));
    }

    @Override
    public void getBackup(GetBackupRequest request, StreamObserver<BackupSummary> observer) {
        Unary.handle(observer, () -> backups.get(request));
    }

    @Override
    public void createBackup(CreateBackupRequest request, StreamObserver<BackupSummary> observer) {
        Unary.change(observer, () -> backups.create(request));
    }

    @Override
    public void deleteBackup(DeleteBackupRequest request, StreamObserver<DeleteBackupResponse> observer) {
        Unary.change(observer, () -> backups.delete(request));
    }

    @Override
    public void verifyBackup(VerifyBackupRequest request, StreamObserver<Transfer> observer) {
        Unary.handle(observer, () -> backups.verify(request));
    }

    @Override
    public void listTransfers(ListTransfersRequest request, StreamObserver<ListTransfersResponse> observer) {
        Unary.handle(observer, () -> backups.transfers());
    }

    @Override
    public void cancelTransfer(CancelTransferRequest request, StreamObserver<Transfer> observer) {
        Unary.handle(observer, () -> backups.cancel(request));
    }

    @Override
    public void watchTransfer(WatchTransferRequest request, StreamObserver<Transfer> observer) {
        ServerStream.handle(observer, stream -> backups.watch(request, stream::send));
    }

    private VolumeSummary summary(Volume volume) {
        var detail = services.queries().detail(volume);
        return OperationsMessages.detail(detail).getSummary();
    }

    private VolumeSummary withWarnings(Volume volume) {
        return summary(volume).toBuilder()
                .addAllWarnings(services.jobs().agenda().warnings(volume))
                .build();
    }

    /** A record in whatever state: what is shown in lists can be looked at. */
    private Volume existing(String name) {
        VolumeId id = new VolumeId(name);
        return services.records().find(id).orElseThrow(() -> StorageException.notFound("volume", name));
    }
}
