package io.drover.core.resources;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drover.core.model.JobHistory;
import io.drover.core.model.JobOutcome;
import io.drover.core.model.JobPlan;
import io.drover.core.model.JobRun;
import io.drover.core.model.JobTask;
import io.drover.core.model.RecurringJob;
import io.drover.core.model.VolumeId;
import java.time.Duration;
import java.time.Instant;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The fields of recurring jobs, which people write too, so that what has a default may be left out; and those of their histories, which
 * only Drover writes.
 */
final class JobFormat {
    private JobFormat() {}

    static void write(RecurringJob job, ObjectNode spec) {
        spec.put("task", job.task().text());
        spec.put("cron", job.cron());
        spec.put("retain", job.retain());
        if (!job.groups().isEmpty()) {
            ArrayNode groups = spec.putArray("groups");
            job.groups().forEach(groups::add);
        }
        if (!job.labels().isEmpty()) {
            ObjectNode labels = spec.putObject("labels");
            new TreeMap<>(job.labels()).forEach(labels::put);
        }
        spec.put("concurrency", job.concurrency());
        if (!job.timeZone().isEmpty()) {
            spec.put("timeZone", job.timeZone());
        }
    }

    static RecurringJob readJob(String name, Instant createdAt, Document spec) {
        return new RecurringJob(
                name,
                JobTask.parse(spec.text("task")),
                spec.text("cron"),
                spec.optionalInteger("retain").isPresent() ? spec.smallInteger("retain") : 1,
                new TreeSet<>(spec.texts("groups")),
                spec.textMap("labels"),
                spec.optionalInteger("concurrency").isPresent() ? spec.smallInteger("concurrency") : 1,
                spec.optionalText("timeZone").orElse(""),
                createdAt);
    }

    static void write(JobHistory history, ObjectNode spec, ObjectNode status) {
        spec.put("volume", history.volume().value());
        spec.put("job", history.job());
        history.plan()
                .ifPresent(plan -> status.putObject("plan")
                        .put("task", plan.task().text())
                        .put("cron", plan.cron())
                        .put("timeZone", plan.zone()));
        status.put("handled", history.handled().toString());
        history.requested().ifPresent(time -> status.put("requested", time.toString()));
        history.running().ifPresent(run -> write(run, status.putObject("running")));
        if (!history.runs().isEmpty()) {
            ArrayNode runs = status.putArray("runs");
            history.runs().forEach(run -> write(run, runs.addObject()));
        }
        status.put("failuresInRow", history.failuresInRow());
        status.put("failures", history.failures());
        history.lastSuccess().ifPresent(time -> status.put("lastSuccess", time.toString()));
        history.lastDuration().ifPresent(time -> status.put("lastDurationMillis", time.toMillis()));
    }

    static JobHistory readHistory(Instant createdAt, Document spec, Document status) {
        return new JobHistory(
                new VolumeId(spec.text("volume")),
                spec.text("job"),
                status.optionalObject("plan").map(JobFormat::plan),
                status.instant("handled"),
                status.optionalInstant("requested"),
                status.optionalObject("running").map(JobFormat::run),
                status.objects("runs").stream().map(JobFormat::run).toList(),
                status.smallInteger("failuresInRow"),
                status.integer("failures"),
                status.optionalInstant("lastSuccess"),
                status.optionalInteger("lastDurationMillis").stream()
                        .mapToObj(Duration::ofMillis)
                        .findFirst(),
                createdAt);
    }

    private static JobPlan plan(Document plan) {
        JobPlan read = new JobPlan(JobTask.parse(plan.text("task")), plan.text("cron"), plan.text("timeZone"));
        plan.end();
        return read;
    }

    private static void write(JobRun run, ObjectNode node) {
        node.put("task", run.task().text());
        node.put("scheduled", run.scheduled().toString());
        node.put("manual", run.manual());
        node.put("started", run.started().toString());
        if (!run.result().isEmpty()) {
            node.put("result", run.result());
        }
        run.end().ifPresent(end -> {
            node.put("outcome", Words.text(end.outcome()));
            node.put("ended", end.at().toString());
            node.put("bytes", end.bytes());
            if (!end.message().isEmpty()) {
                node.put("message", end.message());
            }
        });
    }

    private static JobRun run(Document run) {
        JobRun read = new JobRun(
                JobTask.parse(run.text("task")),
                run.instant("scheduled"),
                run.bool("manual"),
                run.instant("started"),
                run.optionalText("result").orElse(""),
                run.optionalText("outcome").map(_ -> end(run)));
        run.end();
        return read;
    }

    private static JobRun.End end(Document run) {
        return new JobRun.End(
                run.word("outcome", JobOutcome.class),
                run.instant("ended"),
                run.integer("bytes"),
                run.optionalText("message").orElse(""));
    }
}
