package io.drover.core.model;

/** How a run of a job ended. */
public enum JobOutcome {
    SUCCEEDED,
    /** There was nothing to do; the message says why. */
    SKIPPED,
    FAILED
}
