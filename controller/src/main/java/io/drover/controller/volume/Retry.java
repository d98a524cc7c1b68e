package io.drover.controller.volume;

import io.drover.core.error.ErrorCode;
import io.drover.core.error.StorageException;

/**
 * Which failures the sidecars answer with the same call again. They read DEADLINE_EXCEEDED, UNAVAILABLE and ABORTED as "perhaps still
 * under way" and everything else as "surely not" (external-provisioner, {@code checkError} in pkg/controller/controller.go;
 * external-snapshotter, {@code isCSIFinalError}); so anything else is answered only when nothing half-made is left.
 */
public final class Retry {
    private Retry() {}

    /** Whether the caller will come again, so that half-made work may stay as recorded. */
    public static boolean isExpectedAfter(StorageException failure) {
        return switch (failure.code()) {
            case UNAVAILABLE, TIMEOUT, BUSY, NOT_READY -> true;
            case INVALID, NOT_FOUND, EXISTS_DIFFERENT, OUT_OF_RANGE, NO_SPACE, IN_USE, UNSUPPORTED, CORRUPT, INTERNAL ->
                false;
        };
    }

    /** What is answered when work failed and what it left could not be removed. */
    public static StorageException because(String operation, StorageException cause, StorageException undoing) {
        cause.addSuppressed(undoing);
        return new StorageException(
                ErrorCode.NOT_READY,
                "cannot " + operation + ": " + cause.getMessage() + "; what was begun could not be removed ("
                        + undoing.getMessage() + "); call again to continue",
                cause);
    }
}
