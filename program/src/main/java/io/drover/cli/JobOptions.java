package io.drover.cli;

import io.drover.proto.jobs.v1.RecurringJob;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a RecurringJob can be. */
final class JobOptions {
    @Option(
            names = "--task",
            paramLabel = "<task>",
            description = "snapshot, backup, snapshot-cleanup or filesystem-trim.")
    private @Nullable String task;

    @Option(
            names = "--cron",
            paramLabel = "<cron>",
            description =
                    "Minute, hour, day of month, month, day of week; or @hourly, @daily, @weekly, @monthly, @yearly.")
    private @Nullable String cron;

    @Option(
            names = "--retain",
            paramLabel = "<number>",
            description = "How many results are kept of each volume (default: 1).")
    private @Nullable Integer retain;

    @Option(
            names = "--group",
            paramLabel = "<group>",
            description = "A group it belongs to; may be given several times. \"default\": for volumes without jobs.")
    private @Nullable List<String> groups;

    @Option(
            names = "--label",
            paramLabel = "<label>=<value>",
            description = "Put on what it makes; may be given several times.")
    private @Nullable Map<String, String> labels;

    @Option(
            names = "--concurrency",
            paramLabel = "<number>",
            description = "On how many volumes it runs at a time (default: 1).")
    private @Nullable Integer concurrency;

    @Option(
            names = "--time-zone",
            paramLabel = "<zone>",
            description = "Of the cron expression (default: the scheduler's).")
    private @Nullable String timeZone;

    /** The job with what was given. */
    RecurringJob over(RecurringJob job) {
        RecurringJob.Builder next = job.toBuilder();
        if (task != null) {
            next.setTask(task);
        }
        if (cron != null) {
            next.setCron(cron);
        }
        if (retain != null) {
            next.setRetain(retain);
        }
        if (groups != null) {
            next.clearGroups()
                    .addAllGroups(
                            groups.stream().filter(group -> !group.isEmpty()).toList());
        }
        if (labels != null) {
            next.clearLabels().putAllLabels(labels);
        }
        if (concurrency != null) {
            next.setConcurrency(concurrency);
        }
        if (timeZone != null) {
            next.setTimeZone(timeZone);
        }
        return next.build();
    }
}
