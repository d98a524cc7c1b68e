package io.drover.controller.host;

import io.drover.core.error.ErrorCode;
import io.drover.core.error.StorageException;
import io.drover.core.model.NodeId;
import io.drover.core.rpc.StatusMapper;
import io.grpc.StatusRuntimeException;

/** Turns an agent's answer back into the error it was; where there was no answer, says of whom. */
final class HostErrors {
    private HostErrors() {}

    static StorageException of(NodeId node, StatusRuntimeException failure) {
        StorageException known = StatusMapper.exception(failure);
        return switch (known.code()) {
            case UNAVAILABLE ->
                new StorageException(
                        ErrorCode.UNAVAILABLE,
                        "node " + node + " gives no answer (" + known.getMessage()
                                + "); check its agent, and call again",
                        failure);
            case TIMEOUT ->
                new StorageException(
                        ErrorCode.TIMEOUT,
                        "node " + node + " did not finish in time; the same call continues its work",
                        failure);
            case INVALID,
                    NOT_FOUND,
                    EXISTS_DIFFERENT,
                    OUT_OF_RANGE,
                    NO_SPACE,
                    IN_USE,
                    NOT_READY,
                    BUSY,
                    UNSUPPORTED,
                    CORRUPT,
                    INTERNAL -> known;
        };
    }
}
