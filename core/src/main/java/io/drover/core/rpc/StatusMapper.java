package io.drover.core.rpc;

import io.drover.core.error.ErrorCode;
import io.drover.core.error.StorageException;
import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.StatusRuntimeException;

/**
 * Translates between {@link ErrorCode} and gRPC's status codes, the only place that does. Which codes a CSI client takes as final:
 * {@code checkError} in external-provisioner, {@code isFinalError} in external-attacher, {@code isCSIFinalError} in Kubernetes.
 */
public final class StatusMapper {
    /**
     * A status travels in a header, and HTTP/2 peers take 8 KiB of headers (the default of gRPC); every character that is not ASCII
     * takes up to nine bytes there.
     */
    private static final int MAX_LENGTH = 4000;

    private StatusMapper() {}

    /** The code on the wire. */
    public static Status.Code code(ErrorCode code) {
        return switch (code) {
            case INVALID -> Status.Code.INVALID_ARGUMENT;
            case NOT_FOUND -> Status.Code.NOT_FOUND;
            case EXISTS_DIFFERENT -> Status.Code.ALREADY_EXISTS;
            case OUT_OF_RANGE -> Status.Code.OUT_OF_RANGE;
            case NO_SPACE -> Status.Code.RESOURCE_EXHAUSTED;
            case IN_USE -> Status.Code.FAILED_PRECONDITION;
            case NOT_READY, BUSY -> Status.Code.ABORTED;
            case UNAVAILABLE -> Status.Code.UNAVAILABLE;
            case TIMEOUT -> Status.Code.DEADLINE_EXCEEDED;
            case UNSUPPORTED -> Status.Code.UNIMPLEMENTED;
            case CORRUPT -> Status.Code.DATA_LOSS;
            case INTERNAL -> Status.Code.INTERNAL;
        };
    }

    /**
     * The code that an answer from the wire stands for. ABORTED is BUSY: whether it was NOT_READY is not told, and both mean "call
     * again". CANCELLED is UNAVAILABLE: nobody knows how far the work went.
     *
     * @throws IllegalArgumentException for OK, which is no error
     */
    public static ErrorCode code(Status.Code code) {
        return switch (code) {
            case INVALID_ARGUMENT -> ErrorCode.INVALID;
            case NOT_FOUND -> ErrorCode.NOT_FOUND;
            case ALREADY_EXISTS -> ErrorCode.EXISTS_DIFFERENT;
            case OUT_OF_RANGE -> ErrorCode.OUT_OF_RANGE;
            case RESOURCE_EXHAUSTED -> ErrorCode.NO_SPACE;
            case FAILED_PRECONDITION -> ErrorCode.IN_USE;
            case ABORTED -> ErrorCode.BUSY;
            case UNAVAILABLE, CANCELLED -> ErrorCode.UNAVAILABLE;
            case DEADLINE_EXCEEDED -> ErrorCode.TIMEOUT;
            case UNIMPLEMENTED -> ErrorCode.UNSUPPORTED;
            case DATA_LOSS -> ErrorCode.CORRUPT;
            case UNKNOWN, INTERNAL, PERMISSION_DENIED, UNAUTHENTICATED -> ErrorCode.INTERNAL;
            case OK -> throw new IllegalArgumentException("OK is no error");
        };
    }

    /**
     * The status with which a call ends that failed like this. The failure is kept as its cause, for the log; gRPC does not send
     * that. A status that comes from a call to another process goes on as it is.
     */
    public static Status status(Throwable failure) {
        return switch (failure) {
            case StatusRuntimeException e -> e.getStatus();
            case StatusException e -> e.getStatus();
            default -> {
                StorageException known = Failures.describe(failure);
                yield Status.fromCode(code(known.code()))
                        .withDescription(shortened(String.valueOf(known.getMessage())))
                        .withCause(failure);
            }
        };
    }

    private static String shortened(String text) {
        return text.length() > MAX_LENGTH ? text.substring(0, MAX_LENGTH) + "..." : text;
    }

    /** What another process answered, as our own exception with the same code and text. */
    public static StorageException exception(StatusRuntimeException answer) {
        Status status = answer.getStatus();
        String description = status.getDescription();
        String message = description == null || description.isBlank()
                ? "the other side answered " + status.getCode() + " without a reason; its log may have one"
                : description;
        return new StorageException(code(status.getCode()), message, answer);
    }
}
