package io.drover.core.jobs;

import io.drover.core.error.ErrorCode;
import io.drover.core.error.NearestName;
import io.drover.core.error.StorageException;
import io.drover.core.error.Violations;
import io.drover.core.model.RecurringJob;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The rules for RecurringJob resources: those of the jobs of a StorageClass ({@link RecurringJobs}), and of what only these have. They
 * hold wherever such a job enters, also when a person has written the resource.
 */
public final class RecurringJobRules {
    private static final int MAX_CONCURRENCY = 100;

    /** A Kubernetes label's name without a prefix, as a group becomes the end of a label's key. */
    private static final Pattern GROUP = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?");

    private RecurringJobRules() {}

    /**
     * Accepts a job.
     *
     * @param maximumRetention upper limit of {@code retain}
     * @throws StorageException INVALID with everything that is wrong
     */
    public static void require(RecurringJob job, int maximumRetention) {
        Violations violations = new Violations();
        check(job, maximumRetention, violations);
        violations.throwIfAny(refusal(job.name()));
    }

    /** How the refusal of a job begins. */
    static String refusal(String name) {
        return "cannot use recurring job \"" + NearestName.shown(name) + "\"";
    }

    /** The same, noting what is wrong. */
    static void check(RecurringJob job, int maximumRetention, Violations violations) {
        if (job.cron().isBlank()) {
            violations.add("cron is missing; write five fields, such as \"*/5 * * * *\", or a name such as @hourly");
        } else {
            try {
                Schedule.parse(job.cron());
            } catch (StorageException e) {
                violations.add(String.valueOf(e.getMessage()));
            }
        }
        if (job.task().keepsResults() && (job.retain() < 1 || job.retain() > maximumRetention)) {
            violations.add("retain " + job.retain() + " is not possible; give an integer of 1 to " + maximumRetention
                    + " (setting maximum-retention)");
        }
        if (job.concurrency() < 1 || job.concurrency() > MAX_CONCURRENCY) {
            violations.add("concurrency " + job.concurrency() + " is not possible; give an integer of 1 to "
                    + MAX_CONCURRENCY);
        }
        for (String group : job.groups()) {
            if (!GROUP.matcher(group).matches()) {
                violations.add(
                        "group \"" + NearestName.shown(group)
                                + "\" is not possible; use 1 to 63 letters, digits, '-', '_' and '.', beginning and ending with a letter or digit");
            }
        }
        job.labels()
                .forEach((key, value) -> Labels.problem(key, value)
                        .ifPresent(problem -> violations.add("label \"" + NearestName.shown(key) + "\" " + problem)));
        if (!job.timeZone().isEmpty()) {
            try {
                zone(job.timeZone());
            } catch (StorageException e) {
                violations.add(String.valueOf(e.getMessage()));
            }
        }
    }

    /**
     * Reads the name of a time zone.
     *
     * @throws StorageException INVALID if there is none of this name
     */
    public static ZoneId zone(String name) {
        try {
            return ZoneId.of(name);
        } catch (DateTimeException e) {
            throw new StorageException(
                    ErrorCode.INVALID,
                    "time zone \"" + NearestName.shown(name)
                            + "\" is not known; write UTC, or a name such as Europe/Berlin",
                    e);
        }
    }

    /**
     * Accepts labels of a volume.
     *
     * @throws StorageException INVALID with everything that is wrong
     */
    public static void requireLabels(String volume, Map<String, String> labels) {
        Violations violations = new Violations();
        labels.forEach((key, value) -> Labels.problem(key, value)
                .ifPresent(problem -> violations.add("label \"" + NearestName.shown(key) + "\" " + problem)));
        violations.throwIfAny("cannot label volume " + volume);
    }
}
