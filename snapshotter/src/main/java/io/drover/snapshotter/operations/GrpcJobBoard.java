package io.drover.snapshotter.operations;

import io.drover.core.model.JobPlan;
import io.drover.core.model.JobRun;
import io.drover.core.model.VolumeId;
import io.drover.core.rpc.Timestamps;
import io.drover.core.rpc.Unary;
import io.drover.proto.jobs.v1.BackUpRequest;
import io.drover.proto.jobs.v1.BeginRunRequest;
import io.drover.proto.jobs.v1.CleanUpRequest;
import io.drover.proto.jobs.v1.CompareSnapshotsRequest;
import io.drover.proto.jobs.v1.DeleteResultRequest;
import io.drover.proto.jobs.v1.FinishRunRequest;
import io.drover.proto.jobs.v1.GetAgendaRequest;
import io.drover.proto.jobs.v1.ListResultsRequest;
import io.drover.proto.jobs.v1.SchedulingGrpc;
import io.drover.proto.jobs.v1.SchedulingGrpc.SchedulingBlockingStub;
import io.drover.proto.jobs.v1.TakeSnapshotRequest;
import io.drover.proto.jobs.v1.TrackJobRequest;
import io.drover.proto.jobs.v1.TrimRequest;
import io.drover.proto.jobs.v1.TrimResponse;
import io.drover.snapshotter.schedule.Agenda;
import io.drover.snapshotter.schedule.JobBoard;
import io.drover.snapshotter.schedule.JobKey;
import io.drover.snapshotter.schedule.JobResult;
import io.drover.snapshotter.schedule.Trimmed;
import io.drover.snapshotter.schedule.Upload;
import io.grpc.Channel;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** The board over {@code jobs.proto}. */
public final class GrpcJobBoard implements JobBoard {
    private static final long DEADLINE_SECONDS = 300;

    private final SchedulingBlockingStub server;

    /** Takes the channel as it is; closing it stays with the caller. */
    public GrpcJobBoard(Channel channel) {
        this.server = SchedulingGrpc.newBlockingStub(channel);
    }

    @Override
    public Agenda agenda() {
        return BoardMessages.agenda(ask(stub -> stub.getAgenda(GetAgendaRequest.getDefaultInstance())));
    }

    @Override
    public void track(JobKey key, Optional<JobPlan> plan, Instant from) {
        TrackJobRequest.Builder request = TrackJobRequest.newBuilder()
                .setVolume(key.volume().value())
                .setJob(key.job())
                .setFrom(Timestamps.of(from));
        plan.map(BoardMessages::plan).ifPresent(request::setPlan);
        var _ = ask(stub -> stub.trackJob(request.build()));
    }

    @Override
    public JobRun begin(JobKey key, JobPlan plan, Instant scheduled, boolean manual) {
        BeginRunRequest request = BeginRunRequest.newBuilder()
                .setVolume(key.volume().value())
                .setJob(key.job())
                .setPlan(BoardMessages.plan(plan))
                .setScheduled(Timestamps.of(scheduled))
                .setManual(manual)
                .build();
        return BoardMessages.run(ask(stub -> stub.beginRun(request)));
    }

    @Override
    public void finish(JobKey key, JobRun run, JobRun.End end) {
        FinishRunRequest request = FinishRunRequest.newBuilder()
                .setVolume(key.volume().value())
                .setJob(key.job())
                .setRun(BoardMessages.run(run, end))
                .build();
        var _ = ask(stub -> stub.finishRun(request));
    }

    @Override
    public void takeSnapshot(JobKey key, String snapshot, Map<String, String> labels) {
        TakeSnapshotRequest request = TakeSnapshotRequest.newBuilder()
                .setVolume(key.volume().value())
                .setJob(key.job())
                .setSnapshot(snapshot)
                .putAllLabels(labels)
                .build();
        var _ = ask(stub -> stub.takeSnapshot(request));
    }

    @Override
    public boolean isSame(VolumeId volume, String snapshot, String base) {
        CompareSnapshotsRequest request = CompareSnapshotsRequest.newBuilder()
                .setVolume(volume.value())
                .setSnapshot(snapshot)
                .setBase(base)
                .build();
        return ask(stub -> stub.compareSnapshots(request)).getSame();
    }

    @Override
    public Upload backUp(JobKey key, String snapshot, Map<String, String> labels, boolean begin) {
        BackUpRequest request = BackUpRequest.newBuilder()
                .setVolume(key.volume().value())
                .setJob(key.job())
                .setSnapshot(snapshot)
                .putAllLabels(labels)
                .setBegin(begin)
                .build();
        return BoardMessages.upload(ask(stub -> stub.backUp(request)));
    }

    @Override
    public List<JobResult> snapshots(JobKey key) {
        return results(key, false);
    }

    @Override
    public List<JobResult> backups(JobKey key) {
        return results(key, true);
    }

    private List<JobResult> results(JobKey key, boolean backups) {
        ListResultsRequest request = ListResultsRequest.newBuilder()
                .setVolume(key.volume().value())
                .setJob(key.job())
                .setBackups(backups)
                .build();
        return ask(stub -> stub.listResults(request)).getResultsList().stream()
                .map(BoardMessages::result)
                .toList();
    }

    @Override
    public void deleteSnapshot(JobKey key, String snapshot) {
        delete(key, snapshot, false);
    }

    @Override
    public void deleteBackup(JobKey key, String backup) {
        delete(key, backup, true);
    }

    private void delete(JobKey key, String name, boolean backup) {
        DeleteResultRequest request = DeleteResultRequest.newBuilder()
                .setVolume(key.volume().value())
                .setJob(key.job())
                .setName(name)
                .setBackup(backup)
                .build();
        var _ = ask(stub -> stub.deleteResult(request));
    }

    @Override
    public int cleanUp(VolumeId volume) {
        CleanUpRequest request =
                CleanUpRequest.newBuilder().setVolume(volume.value()).build();
        return ask(stub -> stub.cleanUp(request)).getDeleted();
    }

    @Override
    public Trimmed trim(VolumeId volume) {
        TrimRequest request = TrimRequest.newBuilder().setVolume(volume.value()).build();
        TrimResponse response = ask(stub -> stub.trim(request));
        return new Trimmed(response.getBytes(), response.getSkipped());
    }

    private <T> T ask(Function<SchedulingBlockingStub, T> call) {
        return Unary.call(() -> call.apply(server.withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS)));
    }
}
