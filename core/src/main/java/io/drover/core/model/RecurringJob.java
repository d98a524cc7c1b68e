package io.drover.core.model;

import java.util.Map;

/**
 * One entry of a volume's {@code recurringJobs}. {@code core.jobs.RecurringJobs} reads and validates the JSON form.
 *
 * @param name 1–8 lower-case letters, digits and inner dashes
 * @param cron five fields or {@code @hourly} and the like
 * @param retain how many results are kept, at least 1
 * @param labels put on what the job makes
 */
public record RecurringJob(String name, Task task, String cron, int retain, Map<String, String> labels) {
    /** What a job of a volume does. */
    public enum Task {
        SNAPSHOT,
        BACKUP
    }

    public RecurringJob {
        labels = Map.copyOf(labels);
    }
}
