package io.drover.core.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drover.core.error.ErrorCode;
import io.drover.core.error.StorageException;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class OperationGuardTest {
    private final OperationGuard guard = new OperationGuard("volume");

    @Test
    void aSecondOperationOnTheSameObjectIsTurnedAwayNamingTheFirst() {
        try (var first = guard.enter("expand", "v1")) {
            assertThatThrownBy(() -> guard.enter("delete", "v1"))
                    .isInstanceOfSatisfying(
                            StorageException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BUSY))
                    .hasMessageContaining("cannot delete volume v1")
                    .hasMessageContaining("expand");
            guard.enter("delete", "v2").close();
        }
        guard.enter("delete", "v1").close();
    }

    @Test
    void aGroupEntersWhollyOrNotAtAll() {
        try (var first = guard.enter("expand", "b")) {
            assertThatThrownBy(() -> guard.enter("snapshot", List.of("a", "b", "c")))
                    .isInstanceOf(StorageException.class);
            guard.enter("delete", "a").close();
            guard.enter("delete", "c").close();
        }
    }

    @Test
    void closingTwiceDoesNotEndALaterOperation() {
        OperationGuard.Permit first = guard.enter("expand", "v");
        first.close();
        try (var second = guard.enter("delete", "v")) {
            first.close();
            assertThatThrownBy(() -> guard.enter("expand", "v")).isInstanceOf(StorageException.class);
        }
    }

    @Test
    void underManyThreadsNeverTwoAreInside() throws InterruptedException {
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger mostInside = new AtomicInteger();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 2000; i++) {
                threads.submit(() -> {
                    try (var permit = guard.enter("expand", "v")) {
                        mostInside.accumulateAndGet(inside.incrementAndGet(), Math::max);
                        Thread.yield();
                        inside.decrementAndGet();
                    } catch (StorageException busy) {
                        assertThat(busy.code()).isEqualTo(ErrorCode.BUSY);
                    }
                });
            }
        }
        assertThat(mostInside).hasValue(1);
    }
}
