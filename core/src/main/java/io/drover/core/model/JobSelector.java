package io.drover.core.model;

/** One entry of {@code recurringJobSelector}: a RecurringJob resource by name, or all of a group. */
public record JobSelector(String name, boolean isGroup) {}
