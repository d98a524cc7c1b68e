package io.drover.core.error;

/**
 * A problem that the caller is told about. The message is operation, object, problem, remedy:
 * {@code cannot stage volume pvc-1: /dev/loop3 carries xfs, the request wants ext4; delete the data or ask for xfs}.
 * Secrets never appear in it.
 */
public final class StorageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;

    public StorageException(ErrorCode code, String message) {
        super(message);
        this.code = code;
    }

    public StorageException(ErrorCode code, String message, Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    public ErrorCode code() {
        return code;
    }

    public static StorageException invalid(String message) {
        return new StorageException(ErrorCode.INVALID, message);
    }

    public static StorageException notFound(String kind, String id) {
        return new StorageException(ErrorCode.NOT_FOUND, kind + " " + id + " does not exist");
    }

    public static StorageException existsDifferent(String message) {
        return new StorageException(ErrorCode.EXISTS_DIFFERENT, message);
    }

    public static StorageException outOfRange(String message) {
        return new StorageException(ErrorCode.OUT_OF_RANGE, message);
    }

    public static StorageException noSpace(String message) {
        return new StorageException(ErrorCode.NO_SPACE, message);
    }

    public static StorageException inUse(String message) {
        return new StorageException(ErrorCode.IN_USE, message);
    }

    public static StorageException notReady(String message) {
        return new StorageException(ErrorCode.NOT_READY, message);
    }

    public static StorageException busy(String message) {
        return new StorageException(ErrorCode.BUSY, message);
    }

    public static StorageException unavailable(String message) {
        return new StorageException(ErrorCode.UNAVAILABLE, message);
    }

    public static StorageException unsupported(String message) {
        return new StorageException(ErrorCode.UNSUPPORTED, message);
    }

    public static StorageException corrupt(String message) {
        return new StorageException(ErrorCode.CORRUPT, message);
    }

    public static StorageException internal(String message, Throwable cause) {
        return new StorageException(ErrorCode.INTERNAL, message, cause);
    }
}
