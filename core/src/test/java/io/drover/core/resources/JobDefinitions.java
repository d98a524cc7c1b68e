package io.drover.core.resources;

import static io.drover.core.resources.Schema.flag;
import static io.drover.core.resources.Schema.list;
import static io.drover.core.resources.Schema.object;
import static io.drover.core.resources.Schema.optional;
import static io.drover.core.resources.Schema.required;
import static io.drover.core.resources.Schema.text;
import static io.drover.core.resources.Schema.time;
import static io.drover.core.resources.Schema.whole;
import static io.drover.core.resources.Schema.word;

import io.drover.core.model.JobOutcome;
import io.drover.core.model.JobTask;

/** The definitions of recurring jobs, which people write, and of their histories, which Drover writes. */
final class JobDefinitions {
    /** As in {@code core.jobs}: what is longer is no expression. */
    private static final int LONGEST_CRON = 128;

    private JobDefinitions() {}

    static Definition job() {
        Schema spec = object(
                        "",
                        required("task", word("What it does.", JobTask.class, JobTask::text)),
                        required(
                                "cron",
                                text("Minute, hour, day of month, month, day of week; or @hourly and the like.")
                                        .atMost(LONGEST_CRON)
                                        .rule(
                                                "self.matches('^\\\\s*(@(yearly|annually|monthly|weekly|daily|midnight|hourly)|[^@\\\\s]\\\\S*(\\\\s+\\\\S+){4})\\\\s*$')",
                                                "write five fields (minute, hour, day of month, month, day of week), or @hourly,"
                                                        + " @daily, @midnight, @weekly, @monthly, @yearly, @annually")),
                        optional(
                                "retain",
                                whole(
                                                "How many results are kept for each volume; without meaning for a task that leaves none.")
                                        .between(Integer.MIN_VALUE, Integer.MAX_VALUE)
                                        .by(1)),
                        optional(
                                "groups",
                                list(
                                                "Groups that it belongs to; default: all volumes without a job of their own.",
                                                text("").matching("^[A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?$"))
                                        .asSet()),
                        optional("labels", Definitions.labels("Put on what the job makes.")),
                        optional(
                                "concurrency",
                                whole("On how many volumes it runs at a time.")
                                        .between(1, 100)
                                        .by(1)),
                        optional(
                                "timeZone",
                                text("Of the cron expression, as in Europe/Berlin; without it the scheduler's.")
                                        .atMost(64)))
                .rule(
                        "!(self.task in ['snapshot', 'backup']) || self.retain >= 1",
                        "retain must be at least 1 for a task whose results stay");
        Schema schema = Definitions.of(
                        "A job that runs on all volumes that choose it, by recurringJobSelector, by a label, or by the group default.",
                        spec,
                        Definitions.status())
                .rule(
                        "self.metadata.name.matches('^[a-z0-9]([a-z0-9-]*[a-z0-9])?$') && size(self.metadata.name) <= 40",
                        "a job's name has 1 to 40 lower-case letters, digits and inner dashes");
        return new Definition(Kind.RECURRING_JOB, "djob", schema)
                .column("Task", "string", ".spec.task")
                .column("Cron", "string", ".spec.cron")
                .column("Retain", "integer", ".spec.retain")
                .column("Groups", "string", ".spec.groups")
                .wideColumn("Time Zone", "string", ".spec.timeZone")
                .wideColumn("Concurrency", "integer", ".spec.concurrency");
    }

    static Definition history() {
        Schema spec = object("", required("volume", text("")), required("job", text("")));
        Schema status = Definitions.status(
                optional(
                        "plan",
                        object(
                                "The schedule by which its times are counted.",
                                required("task", word("", JobTask.class, JobTask::text)),
                                required("cron", text("")),
                                required("timeZone", text("")))),
                optional("handled", time("Times up to this one are done with.")),
                optional("requested", time("When somebody asked for a run that has not begun yet.")),
                optional("running", run("The run under way.")),
                optional("runs", list("Those that ended, the newest first.", run(""))),
                optional("failuresInRow", whole("Since the latest success.")),
                optional("failures", whole("Of all time.")),
                optional("lastSuccess", time("When the latest successful run ended.")),
                optional("lastDurationMillis", whole("How long that run took.")));
        return new Definition(
                        Kind.JOB_HISTORY,
                        "dhist",
                        Definitions.of("What became of one job on one volume. Written by Drover.", spec, status))
                .column("Volume", "string", ".spec.volume")
                .column("Job", "string", ".spec.job")
                .column("Outcome", "string", ".status.runs[0].outcome")
                .column("Last Success", "date", ".status.lastSuccess")
                .column("Failures In Row", "integer", ".status.failuresInRow")
                .wideColumn("Running Since", "date", ".status.running.started")
                .wideColumn("Message", "string", ".status.runs[0].message");
    }

    private static Schema run(String description) {
        return object(
                description,
                required("task", word("", JobTask.class, JobTask::text)),
                required("scheduled", time("The time of its schedule, or when somebody asked for it.")),
                required("manual", flag("Whether somebody asked for it.")),
                required("started", time("")),
                optional("result", text("Name of the snapshot or backup.")),
                optional("outcome", word("", JobOutcome.class)),
                optional("ended", time("")),
                optional("bytes", whole("That were uploaded, or given back to the disk.")),
                optional("message", text("")));
    }
}
