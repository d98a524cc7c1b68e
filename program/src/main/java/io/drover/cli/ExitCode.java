package io.drover.cli;

/** What the program's exit status means; part of the contract with scripts (docs/operations.md). */
public final class ExitCode {
    public static final int OK = 0;
    /** Something went wrong that none of the others describes. */
    public static final int FAILURE = 1;
    /** The command line, or a value in it, is not right. */
    public static final int USAGE = 2;
    /** The object that was named does not exist. */
    public static final int NOT_FOUND = 3;
    /** Nobody answers on the socket. */
    public static final int UNREACHABLE = 4;
    /** It exists already, is in use, or is being worked on: the state has to change first. */
    public static final int REFUSED = 5;
    /** There is no room for it. */
    public static final int NO_SPACE = 6;

    private ExitCode() {}
}
