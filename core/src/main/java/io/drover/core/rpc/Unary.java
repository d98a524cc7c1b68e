package io.drover.core.rpc;

import io.drover.core.error.ErrorCode;
import io.drover.core.error.StorageException;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.util.function.Supplier;

/** One request, one answer: the whole of what an edge has to do with gRPC. Blocks on the calling (virtual) thread. */
public final class Unary {
    private Unary() {}

    /** Answers the call with what the work returns, or closes it with the status of what it throws. */
    @SuppressWarnings("CatchingUnchecked") // the edge is where every failure becomes a status
    public static <R> void handle(StreamObserver<R> observer, Supplier<? extends R> work) {
        R response;
        try {
            response = work.get();
        } catch (Exception e) {
            observer.onError(StatusMapper.status(e).asRuntimeException());
            return;
        }
        observer.onNext(response);
        observer.onCompleted();
    }

    /**
     * As {@link #handle}, for work that makes, changes or removes things. CSI clients read INTERNAL as "surely not done" and may never
     * call again, which is wrong when half of it is done: here it becomes ABORTED, with the same text, and they repeat the call.
     */
    public static <R> void change(StreamObserver<R> observer, Supplier<? extends R> work) {
        handle(observer, () -> {
            try {
                return work.get();
            } catch (RuntimeException e) {
                Status status = StatusMapper.status(e);
                if (status.getCode() != Status.Code.INTERNAL && status.getCode() != Status.Code.UNKNOWN) {
                    throw e;
                }
                throw Status.ABORTED
                        .withDescription(status.getDescription())
                        .withCause(e)
                        .asRuntimeException();
            }
        });
    }

    /**
     * Asks another process, through a blocking stub.
     *
     * @throws StorageException with the code and text of its answer; UNAVAILABLE if there was none
     */
    public static <R> R call(Supplier<? extends R> question) {
        try {
            return question.get();
        } catch (StatusRuntimeException e) {
            throw StatusMapper.exception(e);
        }
    }

    /** As {@link #call}, with what was being done in front of the message, which is where the object is known. */
    public static <R> R call(String operation, Supplier<? extends R> question) {
        try {
            return call(question);
        } catch (StorageException e) {
            throw new StorageException(e.code(), operation + ": " + e.getMessage(), e);
        }
    }

    /** Whether an answer leaves open what was done, so that only reading back or repeating the call tells. */
    public static boolean isInconclusive(ErrorCode code) {
        return switch (code) {
            case BUSY, NOT_READY, UNAVAILABLE, TIMEOUT, INTERNAL -> true;
            case INVALID, NOT_FOUND, EXISTS_DIFFERENT, OUT_OF_RANGE, NO_SPACE, IN_USE, UNSUPPORTED, CORRUPT -> false;
        };
    }
}
