package io.drover.core.exec;

/** Runs external programs. {@link LocalCommandRunner} does; tests have their own. */
@FunctionalInterface
public interface CommandRunner {
    /**
     * Runs a command and waits for its end. Its environment is emptied to {@code LC_ALL=C} and a fixed {@code PATH}. If the calling
     * thread is interrupted or the timeout is over, the process and its children are killed.
     *
     * @throws CommandFailed for any other outcome than an expected exit code
     */
    CommandResult run(Command command);
}
