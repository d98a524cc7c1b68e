package io.drover.core.rpc;

import io.drover.core.error.ErrorCode;
import io.drover.core.error.StorageException;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;

/** What the caller is told about a failure that is no {@link StorageException}: enough to act on, nothing that could be a secret. */
final class Failures {
    private Failures() {}

    static StorageException describe(Throwable failure) {
        return switch (failure) {
            case StorageException e -> e;
            case UncheckedIOException e -> inputOutput(Objects.requireNonNullElse(e.getCause(), e), e);
            case IOException e -> inputOutput(e, e);
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

    private static StorageException inputOutput(Exception problem, Throwable failure) {
        // The text of an IOException is the operating system's and a path of ours.
        return new StorageException(
                ErrorCode.INTERNAL,
                "input or output failed: " + problem.getMessage() + "; look at the disk and at the kernel's log",
                failure);
    }
}
