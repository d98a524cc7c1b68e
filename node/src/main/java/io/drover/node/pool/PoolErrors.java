package io.drover.node.pool;

import io.drover.core.error.ErrorCode;
import io.drover.core.error.StorageException;
import io.drover.core.sys.SystemCallException;
import java.nio.file.Path;
import java.util.function.Supplier;

/** Turns what the kernel says into what the caller is told. */
final class PoolErrors {
    private PoolErrors() {}

    /**
     * Runs a step and translates its failure.
     *
     * @param operation as in "cannot <i>clone</i> /disk/volumes/a/head"
     */
    static <T> T translated(String operation, Path home, Supplier<T> step) {
        try {
            return step.get();
        } catch (SystemCallException e) {
            throw translated(operation, home, e);
        }
    }

    static void translated(String operation, Path home, Runnable step) {
        translated(operation, home, () -> {
            step.run();
            return home;
        });
    }

    private static StorageException translated(String operation, Path home, SystemCallException e) {
        String message = "cannot " + operation + " " + home + ": " + problem(e) + " [" + e.getMessage() + "]";
        return new StorageException(code(e), message, e);
    }

    private static String problem(SystemCallException e) {
        return switch (code(e)) {
            case NO_SPACE -> "the disk is full; delete volumes or snapshots on it, or add a disk";
            case NOT_FOUND -> "it does not exist";
            case EXISTS_DIFFERENT -> "there is something of that name";
            case IN_USE -> "it is in use";
            case UNAVAILABLE -> "the disk does not take writes or answers errors; look at the kernel's log";
            default -> "the file system refuses";
        };
    }

    private static ErrorCode code(SystemCallException e) {
        return switch (e.errno()) {
            case ENOSPC, EDQUOT -> ErrorCode.NO_SPACE;
            case ENOENT, ENOTDIR -> ErrorCode.NOT_FOUND;
            case EEXIST -> ErrorCode.EXISTS_DIFFERENT;
            case EBUSY, ETXTBSY -> ErrorCode.IN_USE;
            case EIO, EROFS, EUCLEAN, ENXIO, ENODEV, ESTALE -> ErrorCode.UNAVAILABLE;
            case EFBIG -> ErrorCode.OUT_OF_RANGE;
            default -> ErrorCode.INTERNAL;
        };
    }
}
