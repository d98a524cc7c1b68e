package io.drover.core.resources;

/**
 * What the Kubernetes API says about a request that failed.
 *
 * @param reason one word, such as {@code AlreadyExists}; may be empty
 * @param message its own words; may be empty
 * @param object the name of the object that it is about; empty if it is about something else, such as a kind that is not known
 */
public record ApiStatus(String reason, String message, String object) {}
