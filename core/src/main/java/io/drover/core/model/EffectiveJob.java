package io.drover.core.model;

import java.util.Map;

/**
 * A job as it holds for one volume, wherever it comes from.
 *
 * @param labels put on what the job makes, besides its own
 * @param concurrency on how many volumes it runs at a time; 0 = no limit of its own
 * @param timeZone of the cron expression, or empty for the scheduler's
 * @param own whether it is one of the volume's own jobs, not a RecurringJob
 * @param problem why it cannot run, with the remedy; empty = it can
 */
public record EffectiveJob(
        String name,
        JobTask task,
        String cron,
        int retain,
        Map<String, String> labels,
        int concurrency,
        String timeZone,
        boolean own,
        String problem) {
    public EffectiveJob {
        labels = Map.copyOf(labels);
    }

    /** One of the volume's own jobs. */
    public static EffectiveJob of(JobSpecification job) {
        return new EffectiveJob(job.name(), job.task(), job.cron(), job.retain(), job.labels(), 0, "", true, "");
    }

    /** A RecurringJob. */
    public static EffectiveJob of(RecurringJob job, String problem) {
        return new EffectiveJob(
                job.name(),
                job.task(),
                job.cron(),
                job.retain(),
                job.labels(),
                job.concurrency(),
                job.timeZone(),
                false,
                problem);
    }
}
