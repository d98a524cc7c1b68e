package io.drover.controller.operations;

import io.drover.controller.jobs.JobAgenda;
import io.drover.controller.jobs.JobServices;
import io.drover.controller.jobs.JobWork;
import io.drover.core.model.JobSettings;
import io.drover.core.model.VolumeId;
import io.drover.core.rpc.Timestamps;
import io.drover.core.rpc.Unary;
import io.drover.proto.jobs.v1.Agenda;
import io.drover.proto.jobs.v1.BackUpRequest;
import io.drover.proto.jobs.v1.BeginRunRequest;
import io.drover.proto.jobs.v1.CleanUpRequest;
import io.drover.proto.jobs.v1.CleanUpResponse;
import io.drover.proto.jobs.v1.CompareSnapshotsRequest;
import io.drover.proto.jobs.v1.CompareSnapshotsResponse;
import io.drover.proto.jobs.v1.DeleteResultRequest;
import io.drover.proto.jobs.v1.DeleteResultResponse;
import io.drover.proto.jobs.v1.FinishRunRequest;
import io.drover.proto.jobs.v1.FinishRunResponse;
import io.drover.proto.jobs.v1.GetAgendaRequest;
import io.drover.proto.jobs.v1.ListResultsRequest;
import io.drover.proto.jobs.v1.ListResultsResponse;
import io.drover.proto.jobs.v1.Run;
import io.drover.proto.jobs.v1.SchedulingGrpc;
import io.drover.proto.jobs.v1.TakeSnapshotRequest;
import io.drover.proto.jobs.v1.TakeSnapshotResponse;
import io.drover.proto.jobs.v1.TrackJobRequest;
import io.drover.proto.jobs.v1.TrackJobResponse;
import io.drover.proto.jobs.v1.TrimRequest;
import io.drover.proto.jobs.v1.TrimResponse;
import io.drover.proto.jobs.v1.Upload;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.Optional;

/** Recurring jobs for the scheduler. */
public final class SchedulingService extends SchedulingGrpc.SchedulingImplBase {
    private final JobServices jobs;

    public SchedulingService(JobServices jobs) {
        this.jobs = jobs;
    }

    @Override
    public void getAgenda(GetAgendaRequest request, StreamObserver<Agenda> observer) {
        Unary.handle(observer, () -> {
            JobSettings settings = jobs.agenda().settings();
            List<JobAgenda.Entry> entries = jobs.agenda().all();
            return Agenda.newBuilder()
                    .setWhileDetached(settings.whileDetached())
                    .setConcurrency(settings.concurrency())
                    .setFailureLimit(settings.failureLimit())
                    .addAllEntries(entries.stream().map(JobMessages::entry).toList())
                    .build();
        });
    }

    @Override
    public void trackJob(TrackJobRequest request, StreamObserver<TrackJobResponse> observer) {
        Unary.change(observer, () -> {
            jobs.histories()
                    .track(
                            new VolumeId(request.getVolume()),
                            request.getJob(),
                            request.hasPlan() ? Optional.of(JobMessages.plan(request.getPlan())) : Optional.empty(),
                            Timestamps.instant(request.getFrom()));
            return TrackJobResponse.getDefaultInstance();
        });
    }

    @Override
    public void beginRun(BeginRunRequest request, StreamObserver<Run> observer) {
        Unary.change(
                observer,
                () -> JobMessages.run(jobs.histories()
                        .begin(
                                new VolumeId(request.getVolume()),
                                request.getJob(),
                                JobMessages.plan(request.getPlan()),
                                Timestamps.instant(request.getScheduled()),
                                request.getManual())));
    }

    @Override
    public void finishRun(FinishRunRequest request, StreamObserver<FinishRunResponse> observer) {
        Unary.change(observer, () -> {
            jobs.histories()
                    .finish(new VolumeId(request.getVolume()), request.getJob(), JobMessages.run(request.getRun()));
            return FinishRunResponse.getDefaultInstance();
        });
    }

    @Override
    public void takeSnapshot(TakeSnapshotRequest request, StreamObserver<TakeSnapshotResponse> observer) {
        Unary.change(observer, () -> {
            jobs.work()
                    .takeSnapshot(
                            new VolumeId(request.getVolume()),
                            request.getJob(),
                            request.getSnapshot(),
                            request.getLabelsMap());
            return TakeSnapshotResponse.getDefaultInstance();
        });
    }

    @Override
    public void compareSnapshots(CompareSnapshotsRequest request, StreamObserver<CompareSnapshotsResponse> observer) {
        Unary.handle(
                observer,
                () -> CompareSnapshotsResponse.newBuilder()
                        .setSame(jobs.work()
                                .isSame(new VolumeId(request.getVolume()), request.getSnapshot(), request.getBase()))
                        .build());
    }

    @Override
    public void backUp(BackUpRequest request, StreamObserver<Upload> observer) {
        Unary.change(observer, () -> {
            JobWork.UploadStatus status = jobs.work()
                    .backUp(
                            new VolumeId(request.getVolume()),
                            request.getJob(),
                            request.getSnapshot(),
                            request.getLabelsMap(),
                            request.getBegin());
            return Upload.newBuilder()
                    .setState(
                            switch (status.state()) {
                                case PENDING, UPLOADING, DELETING -> "under-way";
                                case READY -> "ready";
                                case FAILED -> "failed";
                            })
                    .setBytes(status.bytes())
                    .setMessage(status.message())
                    .build();
        });
    }

    @Override
    public void listResults(ListResultsRequest request, StreamObserver<ListResultsResponse> observer) {
        Unary.handle(observer, () -> {
            VolumeId volume = new VolumeId(request.getVolume());
            List<JobWork.Result> results = request.getBackups()
                    ? jobs.work().backups(volume, request.getJob())
                    : jobs.work().snapshots(volume, request.getJob());
            return ListResultsResponse.newBuilder()
                    .addAllResults(results.stream().map(JobMessages::result).toList())
                    .build();
        });
    }

    @Override
    public void deleteResult(DeleteResultRequest request, StreamObserver<DeleteResultResponse> observer) {
        Unary.change(observer, () -> {
            VolumeId volume = new VolumeId(request.getVolume());
            if (request.getBackup()) {
                jobs.work().deleteBackup(volume, request.getJob(), request.getName());
            } else {
                jobs.work().deleteSnapshot(volume, request.getJob(), request.getName());
            }
            return DeleteResultResponse.getDefaultInstance();
        });
    }

    @Override
    public void cleanUp(CleanUpRequest request, StreamObserver<CleanUpResponse> observer) {
        Unary.change(
                observer,
                () -> CleanUpResponse.newBuilder()
                        .setDeleted(jobs.work().cleanUp(new VolumeId(request.getVolume())))
                        .build());
    }

    @Override
    public void trim(TrimRequest request, StreamObserver<TrimResponse> observer) {
        Unary.change(observer, () -> {
            JobWork.TrimOutcome outcome = jobs.work().trim(new VolumeId(request.getVolume()));
            return TrimResponse.newBuilder()
                    .setBytes(outcome.bytes())
                    .setSkipped(outcome.skipped())
                    .build();
        });
    }
}
