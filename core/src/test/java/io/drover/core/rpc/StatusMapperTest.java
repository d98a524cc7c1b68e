package io.drover.core.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drover.core.error.ErrorCode;
import io.drover.core.error.StorageException;
import io.drover.core.sys.Errno;
import io.drover.core.sys.SystemCallException;
import io.grpc.Metadata;
import io.grpc.Status;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class StatusMapperTest {
    @ParameterizedTest
    @CsvSource({
        "INVALID, INVALID_ARGUMENT",
        "NOT_FOUND, NOT_FOUND",
        "EXISTS_DIFFERENT, ALREADY_EXISTS",
        "OUT_OF_RANGE, OUT_OF_RANGE",
        "NO_SPACE, RESOURCE_EXHAUSTED",
        "IN_USE, FAILED_PRECONDITION",
        "NOT_READY, ABORTED",
        "BUSY, ABORTED",
        "UNAVAILABLE, UNAVAILABLE",
        "TIMEOUT, DEADLINE_EXCEEDED",
        "UNSUPPORTED, UNIMPLEMENTED",
        "CORRUPT, DATA_LOSS",
        "INTERNAL, INTERNAL",
    })
    void eachErrorCodeHasItsCodeOnTheWire(ErrorCode code, Status.Code wire) {
        Status status = StatusMapper.status(new StorageException(code, "what and why"));

        assertThat(status.getCode()).isEqualTo(wire);
        assertThat(status.getDescription()).isEqualTo("what and why");
    }

    @ParameterizedTest
    @EnumSource(ErrorCode.class)
    void aCodeComesBackFromTheWireWithTheSameMeaning(ErrorCode code) {
        ErrorCode back = StatusMapper.code(StatusMapper.code(code));

        assertThat(StatusMapper.code(back)).isEqualTo(StatusMapper.code(code));
        assertThat(back).isEqualTo(code == ErrorCode.NOT_READY ? ErrorCode.BUSY : code);
    }

    @ParameterizedTest
    @CsvSource({
        "CANCELLED, UNAVAILABLE",
        "UNKNOWN, INTERNAL",
        "PERMISSION_DENIED, INTERNAL",
        "UNAUTHENTICATED, INTERNAL",
    })
    void aForeignCodeIsTheNearestOfOurs(Status.Code wire, ErrorCode code) {
        assertThat(StatusMapper.code(wire)).isEqualTo(code);
    }

    @Test
    void okIsNoError() {
        assertThatThrownBy(() -> StatusMapper.code(Status.Code.OK)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anUnexpectedFailureIsToldByItsKindOnly() {
        Status status = StatusMapper.status(new IllegalStateException("key AKIA is bad"));

        assertThat(status.getCode()).isEqualTo(Status.Code.INTERNAL);
        assertThat(status.getDescription()).contains("IllegalStateException").doesNotContain("AKIA");
    }

    @Test
    void inputAndOutputFailuresSayWhatTheSystemSaid() {
        Status status = StatusMapper.status(new UncheckedIOException(new IOException("/disk/a: Input/output error")));

        assertThat(status.getCode()).isEqualTo(Status.Code.INTERNAL);
        assertThat(status.getDescription()).contains("/disk/a: Input/output error");
    }

    @ParameterizedTest
    @CsvSource({
        "ENOSPC, RESOURCE_EXHAUSTED",
        "EBUSY, ABORTED",
        "EAGAIN, UNAVAILABLE",
        "ETIMEDOUT, DEADLINE_EXCEEDED",
        "EUCLEAN, DATA_LOSS",
        "EIO, INTERNAL",
    })
    void aRefusalOfTheKernelThatNobodyTranslatedHasASensibleCode(Errno errno, Status.Code wire) {
        Status status = StatusMapper.status(new SystemCallException("ftruncate", "/disk/image", errno));

        assertThat(status.getCode()).isEqualTo(wire);
        assertThat(status.getDescription()).contains("/disk/image", errno.meaning());
    }

    @Test
    void theOperationIsKeptWithAnInputOrOutputFailure() {
        Status status = StatusMapper.status(new UncheckedIOException("cannot write /a", new IOException("quota")));

        assertThat(status.getDescription()).contains("cannot write /a: quota");
    }

    @Test
    void theStatusOfAnotherProcessGoesOnAsItIs() {
        Status answered = Status.FAILED_PRECONDITION.withDescription("held by node a");

        assertThat(StatusMapper.status(answered.asRuntimeException(new Metadata())))
                .isSameAs(answered);
    }

    @Test
    void anAnswerWithoutReasonSaysSo() {
        StorageException e = StatusMapper.exception(Status.NOT_FOUND.asRuntimeException());

        assertThat(e.code()).isEqualTo(ErrorCode.NOT_FOUND);
        assertThat(e).hasMessageContaining("NOT_FOUND");
    }
}
