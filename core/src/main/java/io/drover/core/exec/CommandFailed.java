package io.drover.core.exec;

import java.util.List;

/** A program is missing, did not start, did not end in time, or ended with an exit code that was not expected. */
public final class CommandFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Why. */
    public enum Reason {
        /** No such program on this host; the message names the package. */
        MISSING,
        /** It could not be started. */
        NOT_STARTED,
        /** Killed after its timeout. */
        TIMEOUT,
        /** Killed because the caller was interrupted; the caller's flag is set again. */
        INTERRUPTED,
        /** Ended with another exit code than expected. */
        EXIT
    }

    private final Reason reason;
    private final String program;
    private final transient List<String> arguments;
    private final int exit;
    private final String errors;

    CommandFailed(Reason reason, Command command, int exit, String errors, String problem) {
        super("cannot " + command.purpose() + ": " + problem);
        this.reason = reason;
        this.program = command.program();
        this.arguments = command.arguments();
        this.exit = exit;
        this.errors = errors;
    }

    public Reason reason() {
        return reason;
    }

    public String program() {
        return program;
    }

    public List<String> arguments() {
        return arguments;
    }

    /** The exit code, -1 if there is none. */
    public int exit() {
        return exit;
    }

    /** The head of what it wrote to standard error, and to standard output if that was empty. */
    public String errors() {
        return errors;
    }
}
