package io.drover.controller.fake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.drover.core.error.ErrorCode;
import io.drover.core.error.StorageException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Assertions on failures. */
public final class Expect {
    private Expect() {}

    /** The call fails with this code, and its message holds all these words. */
    public static void code(ErrorCode code, ThrowingCallable call, String... words) {
        Throwable failure = catchThrowable(call);
        assertThat(failure).isInstanceOf(StorageException.class);
        assertThat(((StorageException) failure).code()).as(failure.getMessage()).isEqualTo(code);
        for (String word : words) {
            assertThat(failure).hasMessageContaining(word);
        }
    }
}
