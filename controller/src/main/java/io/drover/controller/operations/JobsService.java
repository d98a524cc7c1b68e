package io.drover.controller.operations;

import io.drover.controller.jobs.JobServices;
import io.drover.core.model.JobHistory;
import io.drover.core.model.JobRun;
import io.drover.core.model.Volume;
import io.drover.core.model.VolumeId;
import io.drover.core.rpc.Timestamps;
import io.drover.core.rpc.Unary;
import io.drover.proto.jobs.v1.DeleteJobRequest;
import io.drover.proto.jobs.v1.DeleteJobResponse;
import io.drover.proto.jobs.v1.GetJobRequest;
import io.drover.proto.jobs.v1.JobDetail;
import io.drover.proto.jobs.v1.JobRunEntry;
import io.drover.proto.jobs.v1.JobsGrpc;
import io.drover.proto.jobs.v1.LabelVolumeRequest;
import io.drover.proto.jobs.v1.LabelVolumeResponse;
import io.drover.proto.jobs.v1.ListJobRunsRequest;
import io.drover.proto.jobs.v1.ListJobRunsResponse;
import io.drover.proto.jobs.v1.ListJobsRequest;
import io.drover.proto.jobs.v1.ListJobsResponse;
import io.drover.proto.jobs.v1.RecurringJob;
import io.drover.proto.jobs.v1.RunJobRequest;
import io.drover.proto.jobs.v1.RunJobResponse;
import io.grpc.stub.StreamObserver;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Recurring jobs for people. */
public final class JobsService extends JobsGrpc.JobsImplBase {
    private final JobServices jobs;

    public JobsService(JobServices jobs) {
        this.jobs = jobs;
    }

    @Override
    public void listJobs(ListJobsRequest request, StreamObserver<ListJobsResponse> observer) {
        Unary.handle(
                observer,
                () -> ListJobsResponse.newBuilder()
                        .addAllJobs(
                                jobs.agenda().list(given(request.getVolume()).map(VolumeId::new)).stream()
                                        .map(entry -> JobMessages.summary(jobs.agenda(), entry))
                                        .toList())
                        .build());
    }

    @Override
    public void getJob(GetJobRequest request, StreamObserver<JobDetail> observer) {
        Unary.handle(
                observer,
                () -> JobDetail.newBuilder()
                        .setJob(JobMessages.job(jobs.catalog().get(request.getName())))
                        .addAllVolumes(jobs.agenda().list(Optional.empty()).stream()
                                .filter(entry -> entry.name().equals(request.getName())
                                        && entry.volume().isPresent()
                                        && entry.job().filter(job -> !job.own()).isPresent())
                                .map(entry -> JobMessages.summary(jobs.agenda(), entry))
                                .toList())
                        .build());
    }

    @Override
    public void createJob(RecurringJob request, StreamObserver<RecurringJob> observer) {
        Unary.change(observer, () -> JobMessages.job(jobs.catalog().create(JobMessages.draft(request))));
    }

    @Override
    public void replaceJob(RecurringJob request, StreamObserver<RecurringJob> observer) {
        Unary.change(observer, () -> JobMessages.job(jobs.catalog().replace(JobMessages.draft(request))));
    }

    @Override
    public void deleteJob(DeleteJobRequest request, StreamObserver<DeleteJobResponse> observer) {
        Unary.change(observer, () -> {
            jobs.catalog().delete(request.getName());
            return DeleteJobResponse.newBuilder()
                    .addAllWarnings(jobs.agenda().choosing(request.getName()).stream()
                            .map(volume -> "volume " + volume + " still chooses it by its name, to no effect")
                            .toList())
                    .build();
        });
    }

    @Override
    public void listJobRuns(ListJobRunsRequest request, StreamObserver<ListJobRunsResponse> observer) {
        Unary.handle(observer, () -> {
            List<JobHistory> histories =
                    jobs.agenda().histories(given(request.getVolume()).map(VolumeId::new), given(request.getJob()));
            return ListJobRunsResponse.newBuilder()
                    .addAllRuns(histories.stream()
                            .flatMap(history -> Stream.concat(history.running().stream(), history.runs().stream())
                                    .map(run -> new Shown(history, run)))
                            .sorted(Comparator.comparing(
                                            (Shown one) -> one.run().started())
                                    .reversed())
                            .map(Shown::entry)
                            .toList())
                    .build();
        });
    }

    private record Shown(JobHistory history, JobRun run) {
        JobRunEntry entry() {
            return JobRunEntry.newBuilder()
                    .setVolume(history.volume().value())
                    .setJob(history.job())
                    .setRun(JobMessages.run(run))
                    .build();
        }
    }

    @Override
    public void runJob(RunJobRequest request, StreamObserver<RunJobResponse> observer) {
        Unary.change(
                observer,
                () -> RunJobResponse.newBuilder()
                        .setRequested(Timestamps.of(
                                jobs.histories().request(new VolumeId(request.getVolume()), request.getJob())))
                        .build());
    }

    @Override
    public void labelVolume(LabelVolumeRequest request, StreamObserver<LabelVolumeResponse> observer) {
        Unary.change(observer, () -> {
            Volume volume =
                    jobs.labels().change(new VolumeId(request.getName()), request.getSetMap(), request.getRemoveList());
            return LabelVolumeResponse.newBuilder()
                    .putAllLabels(volume.labels())
                    .addAllWarnings(jobs.agenda().warnings(volume))
                    .build();
        });
    }

    private static Optional<String> given(String text) {
        return Optional.of(text).filter(each -> !each.isEmpty());
    }
}
