package io.drover.core.exec;

/**
 * How a command ended.
 *
 * @param exit one of the expected codes
 * @param output what it wrote to standard output, cut after the runner's limit
 * @param errors likewise, standard error
 */
public record CommandResult(int exit, String output, String errors) {}
