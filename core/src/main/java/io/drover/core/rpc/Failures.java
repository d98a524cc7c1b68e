package io.drover.core.rpc;

import io.drover.core.error.ErrorCode;
import io.drover.core.error.StorageException;
import io.drover.core.exec.CommandFailed;
import io.drover.core.sys.Errno;
import io.drover.core.sys.SystemCallException;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.io.UncheckedIOException;

/** What the caller is told about a failure that is no {@link StorageException}: enough to act on, nothing that could be a secret. */
final class Failures {
    private Failures() {}

    static StorageException describe(Throwable failure) {
        return switch (failure) {
            case StorageException e -> e;
            case SystemCallException e -> new StorageException(code(e.errno()), String.valueOf(e.getMessage()), e);
            case CommandFailed e -> new StorageException(code(e.reason()), String.valueOf(e.getMessage()), e);
            case UncheckedIOException e -> inputOutput(e);
            case IOException e -> inputOutput(new UncheckedIOException(e));
            default ->
                new StorageException(
                        ErrorCode.INTERNAL,
                        "unexpected failure (" + failure.getClass().getSimpleName()
                                + "), a defect of Drover's; its log has the details",
                        failure);
        };
    }

    /** Whether nobody foresaw this failure here, so that a human must act and its stack belongs in the log. */
    static boolean isUnexpected(Throwable failure) {
        return switch (failure) {
            case StorageException e -> e.code() == ErrorCode.INTERNAL;
            case StatusRuntimeException e -> false; // logged where it came from
            default -> true;
        };
    }

    private static ErrorCode code(Errno errno) {
        return switch (errno) {
            case ENOSPC, EDQUOT -> ErrorCode.NO_SPACE;
            case EBUSY, ETXTBSY -> ErrorCode.BUSY;
            case EAGAIN, EINTR, ENOMEM, ENFILE, EMFILE -> ErrorCode.UNAVAILABLE;
            case ETIMEDOUT -> ErrorCode.TIMEOUT;
            case EUCLEAN -> ErrorCode.CORRUPT;
            default -> ErrorCode.INTERNAL;
        };
    }

    private static ErrorCode code(CommandFailed.Reason reason) {
        return switch (reason) {
            case MISSING, NOT_STARTED, INTERRUPTED -> ErrorCode.UNAVAILABLE;
            case TIMEOUT -> ErrorCode.TIMEOUT;
            case EXIT -> ErrorCode.INTERNAL;
        };
    }

    private static StorageException inputOutput(UncheckedIOException failure) {
        // The text of an IOException is the operating system's and a path of ours.
        IOException problem = failure.getCause();
        String operation = String.valueOf(failure.getMessage());
        String text = problem == null
                ? operation
                : operation.equals(problem.toString()) ? problem.getMessage() : operation + ": " + problem.getMessage();
        return new StorageException(
                ErrorCode.INTERNAL,
                "input or output failed: " + text + "; look at the disk and at the kernel's log",
                failure);
    }
}
