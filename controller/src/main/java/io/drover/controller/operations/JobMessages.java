package io.drover.controller.operations;

import io.drover.controller.jobs.JobAgenda;
import io.drover.controller.jobs.JobWork;
import io.drover.core.error.StorageException;
import io.drover.core.jobs.RecurringJobDraft;
import io.drover.core.model.JobHistory;
import io.drover.core.model.JobOutcome;
import io.drover.core.model.JobPlan;
import io.drover.core.model.JobRun;
import io.drover.core.model.JobTask;
import io.drover.core.rpc.Timestamps;
import io.drover.proto.jobs.v1.Agenda;
import io.drover.proto.jobs.v1.EffectiveJob;
import io.drover.proto.jobs.v1.History;
import io.drover.proto.jobs.v1.JobSummary;
import io.drover.proto.jobs.v1.Plan;
import io.drover.proto.jobs.v1.RecurringJob;
import io.drover.proto.jobs.v1.Result;
import io.drover.proto.jobs.v1.Run;
import java.util.Locale;
import java.util.Optional;

/** Recurring jobs as messages of {@code jobs.proto}, and back. */
final class JobMessages {
    private JobMessages() {}

    static RecurringJob job(io.drover.core.model.RecurringJob job) {
        return RecurringJob.newBuilder()
                .setName(job.name())
                .setTask(job.task().text())
                .setCron(job.cron())
                .setRetain(job.retain())
                .addAllGroups(job.groups())
                .putAllLabels(job.labels())
                .setConcurrency(job.concurrency())
                .setTimeZone(job.timeZone())
                .setCreated(Timestamps.of(job.createdAt()))
                .build();
    }

    static RecurringJobDraft draft(RecurringJob job) {
        return new RecurringJobDraft(
                job.getName(),
                job.getTask(),
                job.getCron(),
                job.getRetain(),
                job.getGroupsList(),
                job.getLabelsMap(),
                job.getConcurrency(),
                job.getTimeZone());
    }

    static JobSummary summary(JobAgenda agenda, JobAgenda.Entry entry) {
        io.drover.core.model.EffectiveJob job = entry.job().orElseThrow();
        JobSummary.Builder summary = JobSummary.newBuilder()
                .setVolume(entry.volume().map(Object::toString).orElse(""))
                .setName(entry.name())
                .setTask(job.task().text())
                .setCron(job.cron())
                .setRetain(job.retain())
                .putAllLabels(job.labels())
                .setSource(job.own() ? "volume" : "recurring-job")
                .setProblem(job.problem())
                .setAttached(entry.attached())
                .setWaitsForAttachment(agenda.waitsForAttachment(entry))
                .setTimeZone(job.timeZone());
        agenda.next(entry).map(Timestamps::of).ifPresent(summary::setNext);
        entry.history().ifPresent(history -> {
            history.runs().stream().findFirst().map(JobMessages::run).ifPresent(summary::setLast);
            history.running().map(JobMessages::run).ifPresent(summary::setRunning);
            history.lastSuccess().map(Timestamps::of).ifPresent(summary::setLastSuccess);
            summary.setFailuresInRow(history.failuresInRow()).setFailures(history.failures());
        });
        return summary.build();
    }

    static Run run(JobRun run) {
        Run.Builder message = Run.newBuilder()
                .setTask(run.task().text())
                .setScheduled(Timestamps.of(run.scheduled()))
                .setManual(run.manual())
                .setStarted(Timestamps.of(run.started()))
                .setResult(run.result());
        run.end()
                .ifPresent(end -> message.setOutcome(end.outcome().name().toLowerCase(Locale.ROOT))
                        .setEnded(Timestamps.of(end.at()))
                        .setBytes(end.bytes())
                        .setMessage(end.message()));
        return message.build();
    }

    static JobRun run(Run run) {
        return new JobRun(
                JobTask.parse(run.getTask()),
                Timestamps.instant(run.getScheduled()),
                run.getManual(),
                Timestamps.instant(run.getStarted()),
                run.getResult(),
                run.getOutcome().isEmpty()
                        ? Optional.empty()
                        : Optional.of(new JobRun.End(
                                outcome(run.getOutcome()),
                                Timestamps.instant(run.getEnded()),
                                run.getBytes(),
                                run.getMessage())));
    }

    private static JobOutcome outcome(String text) {
        for (JobOutcome outcome : JobOutcome.values()) {
            if (outcome.name().toLowerCase(Locale.ROOT).equals(text)) {
                return outcome;
            }
        }
        throw StorageException.invalid("outcome \"" + text + "\" is not known");
    }

    static JobPlan plan(Plan plan) {
        return new JobPlan(JobTask.parse(plan.getTask()), plan.getCron(), plan.getTimeZone());
    }

    static Agenda.Entry entry(JobAgenda.Entry entry) {
        Agenda.Entry.Builder message = Agenda.Entry.newBuilder()
                .setVolume(entry.volume().orElseThrow().value())
                .setJob(entry.name())
                .setAttached(entry.attached());
        entry.job().map(JobMessages::effective).ifPresent(message::setEffective);
        entry.history().map(JobMessages::history).ifPresent(message::setHistory);
        return message.build();
    }

    private static EffectiveJob effective(io.drover.core.model.EffectiveJob job) {
        return EffectiveJob.newBuilder()
                .setName(job.name())
                .setTask(job.task().text())
                .setCron(job.cron())
                .setRetain(job.retain())
                .putAllLabels(job.labels())
                .setConcurrency(job.concurrency())
                .setTimeZone(job.timeZone())
                .setOwn(job.own())
                .setProblem(job.problem())
                .build();
    }

    /** What the scheduler decides by; the runs that ended are not among it. */
    private static History history(JobHistory history) {
        History.Builder message = History.newBuilder()
                .setHandled(Timestamps.of(history.handled()))
                .setFailuresInRow(history.failuresInRow())
                .setFailures(history.failures())
                .setCreated(Timestamps.of(history.createdAt()));
        history.plan()
                .ifPresent(plan -> message.setPlan(Plan.newBuilder()
                        .setTask(plan.task().text())
                        .setCron(plan.cron())
                        .setTimeZone(plan.zone())));
        history.requested().map(Timestamps::of).ifPresent(message::setRequested);
        history.running().map(JobMessages::run).ifPresent(message::setRunning);
        return message.build();
    }

    static Result result(JobWork.Result result) {
        return Result.newBuilder()
                .setName(result.name())
                .setTaken(Timestamps.of(result.takenAt()))
                .setReady(result.ready())
                .setNeeded(result.needed())
                .setComparable(result.comparable())
                .build();
    }
}
