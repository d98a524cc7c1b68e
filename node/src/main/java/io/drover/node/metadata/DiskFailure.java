package io.drover.node.metadata;

import io.drover.core.error.ErrorCode;
import io.drover.core.error.StorageException;
import io.drover.core.exec.CommandFailed;
import io.drover.core.sys.Errno;
import io.drover.core.sys.SystemCallException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.util.Locale;

/** Turns what the kernel said about a file into what the caller is told. */
public final class DiskFailure {
    private DiskFailure() {}

    /** NO_SPACE where the disk is full, UNAVAILABLE for everything else: a disk that refuses may be repaired. */
    public static StorageException of(String operation, RuntimeException cause) {
        if (cause instanceof StorageException known) {
            return known;
        }
        boolean full = isFull(cause);
        ErrorCode code = full ? ErrorCode.NO_SPACE : ErrorCode.UNAVAILABLE;
        String remedy = full ? "; delete volumes or snapshots, or make the disk larger" : "; see the kernel's log";
        return new StorageException(code, operation + ": " + problem(cause) + remedy, cause);
    }

    /** Whether the cause is a full disk. */
    public static boolean isFull(RuntimeException cause) {
        return switch (cause) {
            case SystemCallException call -> call.is(Errno.ENOSPC) || call.is(Errno.EDQUOT);
            // The JDK gives the text of the C library's strerror only.
            case UncheckedIOException io -> problem(io).toLowerCase(Locale.ROOT).contains("no space left");
            case StorageException known -> known.code() == ErrorCode.NO_SPACE;
            default -> false;
        };
    }

    /** The problem alone, without operation and remedy. */
    public static String problem(RuntimeException cause) {
        if (cause instanceof UncheckedIOException io) {
            Throwable inner = io.getCause();
            if (inner instanceof FileSystemException failure) {
                String reason = failure.getReason();
                return reason == null ? failure.toString() : reason;
            }
            return String.valueOf(inner);
        }
        return switch (cause) {
            case SystemCallException _, StorageException _, CommandFailed _ -> String.valueOf(cause.getMessage());
            default -> cause.toString();
        };
    }
}
