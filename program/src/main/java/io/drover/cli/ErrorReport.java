package io.drover.cli;

import io.drover.core.error.ErrorCode;
import io.drover.core.error.StorageException;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns whatever ends a command into one line on standard error and an exit status; a stack only where it is a defect of ours. */
public final class ErrorReport implements IExecutionExceptionHandler, IParameterExceptionHandler {
    @Override
    public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
        PrintWriter err = command.getErr();
        int code = exitCode(failure);
        err.println("drover: " + message(failure));
        if (isDefect(failure)) {
            failure.printStackTrace(err);
        }
        err.flush();
        return code;
    }

    @Override
    public int handleParseException(ParameterException failure, String[] arguments) {
        CommandLine command = failure.getCommandLine();
        PrintWriter err = command.getErr();
        err.println("drover: "
                + String.valueOf(failure.getMessage())
                        .replaceFirst("^Error: ", "")
                        .replace(" option option ", " option "));
        UnmatchedArgumentException.printSuggestions(failure, err);
        err.println("Try: " + command.getCommandSpec().qualifiedName() + " --help");
        err.flush();
        return ExitCode.USAGE;
    }

    static int exitCode(Exception failure) {
        return switch (failure) {
            case CommandFailure e -> e.exitCode();
            case StatusRuntimeException e -> exitCode(e.getStatus().getCode());
            case StorageException e -> exitCode(e.code());
            default -> ExitCode.FAILURE;
        };
    }

    static String message(Exception failure) {
        return switch (failure) {
            case StatusRuntimeException e ->
                Objects.requireNonNullElse(
                        e.getStatus().getDescription(), e.getStatus().getCode().toString());
            case UncheckedIOException e ->
                e.getMessage() + ": " + problem(Objects.requireNonNull(e.getCause()))
                        + "; give a place where this user may write";
            default -> Objects.requireNonNullElse(failure.getMessage(), failure.toString());
        };
    }

    /** What the operating system said, which the JDK keeps in the exception's type. */
    private static String problem(IOException failure) {
        return switch (failure) {
            case NoSuchFileException e -> "no such file or directory";
            case AccessDeniedException e -> "permission denied";
            case FileSystemException e -> Objects.requireNonNullElse(e.getReason(), e.toString());
            default -> Objects.requireNonNullElse(failure.getMessage(), failure.toString());
        };
    }

    private static boolean isDefect(Exception failure) {
        return !(failure instanceof CommandFailure
                || failure instanceof StatusRuntimeException
                || failure instanceof UncheckedIOException
                || failure instanceof StorageException);
    }

    private static int exitCode(Status.Code code) {
        return switch (code) {
            case OK -> ExitCode.OK;
            case INVALID_ARGUMENT, OUT_OF_RANGE -> ExitCode.USAGE;
            case NOT_FOUND -> ExitCode.NOT_FOUND;
            case UNAVAILABLE -> ExitCode.UNREACHABLE;
            case ALREADY_EXISTS, FAILED_PRECONDITION, ABORTED -> ExitCode.REFUSED;
            case RESOURCE_EXHAUSTED -> ExitCode.NO_SPACE;
            case CANCELLED,
                    UNKNOWN,
                    DEADLINE_EXCEEDED,
                    PERMISSION_DENIED,
                    UNIMPLEMENTED,
                    INTERNAL,
                    DATA_LOSS,
                    UNAUTHENTICATED -> ExitCode.FAILURE;
        };
    }

    private static int exitCode(ErrorCode code) {
        return switch (code) {
            case INVALID, OUT_OF_RANGE -> ExitCode.USAGE;
            case NOT_FOUND -> ExitCode.NOT_FOUND;
            case UNAVAILABLE -> ExitCode.UNREACHABLE;
            case EXISTS_DIFFERENT, IN_USE, NOT_READY, BUSY -> ExitCode.REFUSED;
            case NO_SPACE -> ExitCode.NO_SPACE;
            case TIMEOUT, UNSUPPORTED, CORRUPT, INTERNAL -> ExitCode.FAILURE;
        };
    }
}
