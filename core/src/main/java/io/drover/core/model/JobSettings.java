package io.drover.core.model;

/**
 * The settings of recurring jobs.
 *
 * @param whileDetached whether jobs run on volumes that are attached nowhere
 * @param concurrency how many runs are under way at a time
 * @param failureLimit after how many failures in a row the volume's condition says so
 */
public record JobSettings(boolean whileDetached, int concurrency, int failureLimit) {
    public static final JobSettings DEFAULTS = new JobSettings(false, 5, 3);
}
