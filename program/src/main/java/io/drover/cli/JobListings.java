package io.drover.cli;

import io.drover.core.model.JobTask;
import io.drover.proto.jobs.v1.JobRunEntry;
import io.drover.proto.jobs.v1.JobSummary;
import io.drover.proto.jobs.v1.RecurringJob;
import io.drover.proto.jobs.v1.Run;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The listings of recurring jobs. */
final class JobListings {
    private static final Set<String> TASKS_WITHOUT_RESULTS = Arrays.stream(JobTask.values())
            .filter(task -> !task.keepsResults())
            .map(JobTask::text)
            .collect(Collectors.toUnmodifiableSet());

    static final Listing<JobSummary> JOBS = new Listing<JobSummary>()
            .words("VOLUME", JobSummary::getVolume)
            .words("JOB", JobSummary::getName)
            .words("TASK", JobSummary::getTask)
            .words("CRON", JobSummary::getCron)
            .number("RETAIN", job -> retain(job.getTask(), job.getRetain()))
            .words("FROM", JobSummary::getSource)
            .words("LAST", job -> last(job))
            .words("NEXT", job -> next(job))
            .number("FAILURES", job -> Long.toString(job.getFailures()))
            .field("volume", JobSummary::getVolume)
            .field("name", JobSummary::getName)
            .field("task", JobSummary::getTask)
            .field("cron", JobSummary::getCron)
            .field("timeZone", JobSummary::getTimeZone)
            .field("retain", JobSummary::getRetain)
            .field("labels", job -> new TreeMap<>(job.getLabelsMap()))
            .field("from", JobSummary::getSource)
            .field("problem", JobSummary::getProblem)
            .field("attached", JobSummary::getAttached)
            .field("waitsForAttachment", JobSummary::getWaitsForAttachment)
            .field("running", JobSummary::hasRunning)
            .field("last", job -> job.hasLast() ? fields(job.getLast()) : Map.of())
            .field("next", job -> Shown.time(job.getNext()))
            .field("lastSuccess", job -> Shown.time(job.getLastSuccess()))
            .field("failuresInRow", JobSummary::getFailuresInRow)
            .field("failures", JobSummary::getFailures);

    /** For the page of one volume. */
    static final Listing<JobSummary> OF_VOLUME = new Listing<JobSummary>()
            .words("JOB", JobSummary::getName)
            .words("TASK", JobSummary::getTask)
            .words("CRON", JobSummary::getCron)
            .number("RETAIN", job -> retain(job.getTask(), job.getRetain()))
            .words("FROM", JobSummary::getSource)
            .words("LAST", job -> last(job))
            .words("NEXT", job -> next(job));

    static final Listing<RecurringJob> RECURRING = new Listing<RecurringJob>()
            .words("JOB", RecurringJob::getName)
            .words("TASK", RecurringJob::getTask)
            .words("CRON", RecurringJob::getCron)
            .words("ZONE", RecurringJob::getTimeZone)
            .number("RETAIN", job -> retain(job.getTask(), job.getRetain()))
            .words("GROUPS", job -> String.join(",", job.getGroupsList()))
            .number("CONCURRENCY", job -> Integer.toString(job.getConcurrency()))
            .words("LABELS", job -> String.join(",", Listings.pairs(job.getLabelsMap())))
            .field("name", RecurringJob::getName)
            .field("task", RecurringJob::getTask)
            .field("cron", RecurringJob::getCron)
            .field("timeZone", RecurringJob::getTimeZone)
            .field("retain", RecurringJob::getRetain)
            .field("groups", job -> List.copyOf(job.getGroupsList()))
            .field("labels", job -> new TreeMap<>(job.getLabelsMap()))
            .field("concurrency", RecurringJob::getConcurrency)
            .field("created", job -> Shown.time(job.getCreated()));

    static final Listing<JobRunEntry> RUNS = new Listing<JobRunEntry>()
            .words("VOLUME", JobRunEntry::getVolume)
            .words("JOB", JobRunEntry::getJob)
            .words(
                    "SCHEDULED",
                    entry -> Shown.time(entry.getRun().getScheduled())
                            + (entry.getRun().getManual() ? " (asked for)" : ""))
            .words("OUTCOME", entry -> outcome(entry.getRun()))
            .number("TOOK", entry -> took(entry.getRun()))
            .number(
                    "BYTES",
                    entry -> entry.getRun().getBytes() == 0
                            ? ""
                            : Shown.size(entry.getRun().getBytes()))
            .words("RESULT", entry -> result(entry.getRun()))
            .words("MESSAGE", entry -> entry.getRun().getMessage())
            .field("volume", JobRunEntry::getVolume)
            .field("job", JobRunEntry::getJob)
            .field("run", entry -> fields(entry.getRun()));

    private JobListings() {}

    /** Of a task that keeps no results, nothing. */
    private static String retain(String task, int retain) {
        return TASKS_WITHOUT_RESULTS.contains(task) ? "" : Integer.toString(retain);
    }

    /** What a skipped run took was deleted again. */
    private static String result(Run run) {
        return run.getOutcome().equals("skipped") ? "" : run.getResult();
    }

    private static String last(JobSummary job) {
        if (job.hasRunning()) {
            return "running since " + Shown.time(job.getRunning().getStarted());
        }
        return job.hasLast()
                ? outcome(job.getLast()) + " " + Shown.time(job.getLast().getEnded())
                : "";
    }

    private static String next(JobSummary job) {
        if (!job.getProblem().isEmpty()) {
            return "! " + job.getProblem();
        }
        return job.getWaitsForAttachment() ? "when attached" : Shown.time(job.getNext());
    }

    static String outcome(Run run) {
        return run.getOutcome().isEmpty() ? "running" : run.getOutcome();
    }

    private static String took(Run run) {
        return run.getOutcome().isEmpty()
                ? ""
                : Math.max(0, run.getEnded().getSeconds() - run.getStarted().getSeconds()) + "s";
    }

    private static Map<String, Object> fields(Run run) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("task", run.getTask());
        fields.put("scheduled", Shown.time(run.getScheduled()));
        fields.put("manual", run.getManual());
        fields.put("started", Shown.time(run.getStarted()));
        fields.put("ended", Shown.time(run.getEnded()));
        fields.put("outcome", outcome(run));
        fields.put("result", result(run));
        fields.put("bytes", run.getBytes());
        fields.put("message", run.getMessage());
        return fields;
    }
}
