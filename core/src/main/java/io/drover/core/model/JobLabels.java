package io.drover.core.model;

/** The labels by which jobs, volumes and results find each other. */
public final class JobLabels {
    /** On a snapshot or backup: the name of the job that made it. */
    public static final String JOB = "RecurringJob";
    /** On a volume, followed by the name of a RecurringJob, with {@link #ENABLED}: the volume chooses that job. */
    public static final String CHOOSE_JOB = "recurring-job.drover.io/";
    /** On a volume, followed by the name of a group, with {@link #ENABLED}: the volume chooses all jobs of the group. */
    public static final String CHOOSE_GROUP = "recurring-job-group.drover.io/";

    public static final String ENABLED = "enabled";

    private JobLabels() {}
}
