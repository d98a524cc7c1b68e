package io.drover.snapshotter.operations;

import io.drover.core.error.StorageException;
import io.drover.core.model.EffectiveJob;
import io.drover.core.model.JobHistory;
import io.drover.core.model.JobPlan;
import io.drover.core.model.JobRun;
import io.drover.core.model.JobSettings;
import io.drover.core.model.JobTask;
import io.drover.core.model.VolumeId;
import io.drover.core.rpc.Timestamps;
import io.drover.proto.jobs.v1.History;
import io.drover.proto.jobs.v1.Plan;
import io.drover.proto.jobs.v1.Result;
import io.drover.proto.jobs.v1.Run;
import io.drover.snapshotter.schedule.Agenda;
import io.drover.snapshotter.schedule.JobKey;
import io.drover.snapshotter.schedule.JobResult;
import io.drover.snapshotter.schedule.Upload;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Messages of {@code jobs.proto} as the scheduler's values, and back. */
final class BoardMessages {
    private BoardMessages() {}

    static Agenda agenda(io.drover.proto.jobs.v1.Agenda agenda) {
        return new Agenda(
                new JobSettings(agenda.getWhileDetached(), agenda.getConcurrency(), agenda.getFailureLimit()),
                agenda.getEntriesList().stream().map(BoardMessages::entry).toList());
    }

    private static Agenda.Entry entry(io.drover.proto.jobs.v1.Agenda.Entry entry) {
        JobKey key = new JobKey(new VolumeId(entry.getVolume()), entry.getJob());
        return new Agenda.Entry(
                key,
                entry.getAttached(),
                entry.hasEffective() ? Optional.of(job(entry.getEffective())) : Optional.empty(),
                entry.hasHistory() ? Optional.of(history(key, entry.getHistory())) : Optional.empty());
    }

    private static EffectiveJob job(io.drover.proto.jobs.v1.EffectiveJob job) {
        return new EffectiveJob(
                job.getName(),
                JobTask.parse(job.getTask()),
                job.getCron(),
                job.getRetain(),
                job.getLabelsMap(),
                job.getConcurrency(),
                job.getTimeZone(),
                job.getOwn(),
                job.getProblem());
    }

    private static JobHistory history(JobKey key, History history) {
        return new JobHistory(
                key.volume(),
                key.job(),
                history.hasPlan() ? Optional.of(plan(history.getPlan())) : Optional.empty(),
                Timestamps.instant(history.getHandled()),
                history.hasRequested() ? Optional.of(Timestamps.instant(history.getRequested())) : Optional.empty(),
                history.hasRunning() ? Optional.of(run(history.getRunning())) : Optional.empty(),
                List.of(),
                history.getFailuresInRow(),
                history.getFailures(),
                Optional.empty(),
                Optional.empty(),
                Timestamps.instant(history.getCreated()));
    }

    static JobRun run(Run run) {
        return new JobRun(
                JobTask.parse(run.getTask()),
                Timestamps.instant(run.getScheduled()),
                run.getManual(),
                Timestamps.instant(run.getStarted()),
                run.getResult(),
                Optional.empty());
    }

    static Run run(JobRun run, JobRun.End end) {
        return Run.newBuilder()
                .setTask(run.task().text())
                .setScheduled(Timestamps.of(run.scheduled()))
                .setManual(run.manual())
                .setStarted(Timestamps.of(run.started()))
                .setResult(run.result())
                .setOutcome(end.outcome().name().toLowerCase(Locale.ROOT))
                .setEnded(Timestamps.of(end.at()))
                .setBytes(end.bytes())
                .setMessage(end.message())
                .build();
    }

    static JobPlan plan(Plan plan) {
        return new JobPlan(JobTask.parse(plan.getTask()), plan.getCron(), plan.getTimeZone());
    }

    static Plan plan(JobPlan plan) {
        return Plan.newBuilder()
                .setTask(plan.task().text())
                .setCron(plan.cron())
                .setTimeZone(plan.zone())
                .build();
    }

    static Upload upload(io.drover.proto.jobs.v1.Upload upload) {
        Upload.State state = switch (upload.getState()) {
            case "under-way" -> Upload.State.UNDER_WAY;
            case "ready" -> Upload.State.READY;
            case "failed" -> Upload.State.FAILED;
            default ->
                throw StorageException.corrupt(
                        "the state of an upload is \"" + upload.getState() + "\", which this version does not know");
        };
        return new Upload(state, upload.getBytes(), upload.getMessage());
    }

    static JobResult result(Result result) {
        return new JobResult(
                result.getName(),
                Timestamps.instant(result.getTaken()),
                result.getReady(),
                result.getNeeded(),
                result.getComparable());
    }
}
