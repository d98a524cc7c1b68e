package io.drover.core.model;

import io.drover.core.error.StorageException;
import java.time.Instant;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * A job for all volumes that choose it: by name or group in {@code recurringJobSelector} or in their labels, or, if it is of the group
 * {@value #DEFAULT_GROUP}, by having no job of their own. {@code core.jobs.RecurringJobRules} says whether the rest makes sense.
 *
 * @param cron five fields or {@code @hourly} and the like
 * @param retain how many results are kept for each volume; without meaning for a task that leaves none
 * @param groups that it belongs to
 * @param labels put on what the job makes
 * @param concurrency on how many volumes it runs at a time
 * @param timeZone of the cron expression, or empty for the scheduler's
 */
public record RecurringJob(
        String name,
        JobTask task,
        String cron,
        int retain,
        SortedSet<String> groups,
        Map<String, String> labels,
        int concurrency,
        String timeZone,
        Instant createdAt)
        implements Resource {
    /** The group of the jobs for volumes that choose none. */
    public static final String DEFAULT_GROUP = "default";

    /** As in Longhorn, so that a snapshot's name, {@code <job>-<time>}, stays a name. */
    public static final int MAX_NAME = 40;

    private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9-]*[a-z0-9])?");

    public RecurringJob {
        if (name.length() > MAX_NAME || !NAME.matcher(name).matches()) {
            throw StorageException.invalid(
                    "the name \"" + Names.shown(name) + "\" is not possible for a recurring job; use 1 to " + MAX_NAME
                            + " lower-case letters, digits and inner dashes");
        }
        groups = java.util.Collections.unmodifiableSortedSet(new TreeSet<>(groups));
        labels = Map.copyOf(labels);
    }

    @Override
    public String key() {
        return name;
    }
}
