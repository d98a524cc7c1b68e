package io.drover.core.exec;

/** Starts programs that live on when this process ends. */
@FunctionalInterface
public interface DetachedCommands {
    /**
     * Starts a program in a session of its own (by setsid(1)), in the directory {@code /}, with all three standard streams on
     * {@code /dev/null}, and does not wait for it. The command's timeout and expected exits mean nothing here.
     *
     * @return the process; neither a signal to our process group nor our own end reaches it
     * @throws CommandFailed if it is missing or does not start
     */
    ProcessHandle start(Command command);
}
