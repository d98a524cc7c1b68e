package io.drover.core.model;

/**
 * By what the times of a job are counted.
 *
 * @param zone as {@link java.time.ZoneId} writes it
 */
public record JobPlan(JobTask task, String cron, String zone) {}
