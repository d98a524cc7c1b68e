package io.drover.core.model;

import java.util.Map;

/**
 * One entry of a volume's {@code recurringJobs}. {@code core.jobs.RecurringJobs} reads and validates the JSON form.
 *
 * @param name 1–8 lower-case letters, digits and inner dashes
 * @param task {@link JobTask#SNAPSHOT} or {@link JobTask#BACKUP}
 * @param cron five fields or {@code @hourly} and the like
 * @param retain how many results are kept, at least 1
 * @param labels put on what the job makes
 */
public record JobSpecification(String name, JobTask task, String cron, int retain, Map<String, String> labels) {
    public JobSpecification {
        labels = Map.copyOf(labels);
    }
}
