package io.drover.snapshotter.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drover.core.error.ErrorCode;
import io.drover.core.error.StorageException;
import io.drover.snapshotter.testing.SettableClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TransfersTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    private final SettableClock clock = new SettableClock();
    private final AtomicInteger after = new AtomicInteger();
    private final Transfers transfers =
            new Transfers(2, new Transfers.Memory(3, Duration.ofMinutes(10)), clock, after::incrementAndGet);
    private final CountDownLatch gate = new CountDownLatch(1);

    @AfterEach
    void letAllEnd() {
        gate.countDown();
        transfers.close();
    }

    @Test
    void doesTheWorkAndRemembersWhatCameOfIt() {
        TransferResult result = new TransferResult() {};

        Transfer begun = transfers.start(backup("b1"), "", monitor -> {
            monitor.total(10);
            monitor.done(7);
            monitor.read(6);
            monitor.sent(5);
            monitor.countRequestsBy(() -> 4);
            return result;
        });

        Transfer ended = transfers.await(begun.key().id(), LONG);
        assertThat(ended.state()).isEqualTo(TransferState.DONE);
        assertThat(ended.result()).isSameAs(result);
        assertThat(List.of(
                        ended.totalBytes(), ended.doneBytes(), ended.readBytes(), ended.sentBytes(), ended.requests()))
                .containsExactly(10L, 7L, 6L, 5L, 4L);
        assertThat(ended.ended()).contains(clock.instant());
    }

    @Test
    void afterEachThatRanMemoryIsGivenBack() {
        transfers.await(
                transfers
                        .start(backup("b1"), "", _ -> TransferResult.NOTHING)
                        .key()
                        .id(),
                LONG);
        Awaitility.await().until(() -> after.get() == 1);
        transfers.await(
                transfers
                        .start(backup("b2"), "", _ -> {
                            throw StorageException.unavailable("no");
                        })
                        .key()
                        .id(),
                LONG);
        Awaitility.await().until(() -> after.get() == 2);
    }

    @Test
    void theSameRequestFindsTheOneThatRunsAndTheOneThatIsDone() {
        AtomicInteger runs = new AtomicInteger();
        TransferWork work = monitor -> {
            runs.incrementAndGet();
            pass(gate);
            return TransferResult.NOTHING;
        };
        String id = transfers.start(backup("b1"), "", work).key().id();
        awaitState(id, TransferState.RUNNING);

        assertThat(transfers.start(backup("b1"), "", work).state()).isEqualTo(TransferState.RUNNING);
        gate.countDown();
        transfers.await(id, LONG);
        assertThat(transfers.start(backup("b1"), "", work).state()).isEqualTo(TransferState.DONE);
        assertThat(runs).hasValue(1);
    }

    @Test
    void anotherGenerationOfTheSameNameIsNotDone() {
        AtomicInteger runs = new AtomicInteger();
        TransferWork work = counting(runs);
        TransferKey key = new TransferKey(TransferKind.RESTORE, "file:///t", "pvc-1", "b1", "pvc-2");
        transfers.await(transfers.start(key, "inode 5", work).key().id(), LONG);
        transfers.await(transfers.start(key, "inode 5", work).key().id(), LONG);
        assertThat(runs).hasValue(1);

        transfers.await(transfers.start(key, "inode 6", work).key().id(), LONG);

        assertThat(runs).hasValue(2);
    }

    @Test
    void aDeletionAndAVerificationAreDoneAgain() {
        for (TransferKind kind : List.of(TransferKind.DELETION, TransferKind.VERIFICATION)) {
            AtomicInteger runs = new AtomicInteger();
            TransferKey key = new TransferKey(kind, "file:///t", "pvc-1", "b1", "");
            transfers.await(transfers.start(key, "", counting(runs)).key().id(), LONG);
            transfers.await(transfers.start(key, "", counting(runs)).key().id(), LONG);
            assertThat(runs).as(kind.name()).hasValue(2);
        }
    }

    @Test
    void aFailedOneSaysWhyAndBeginsAgain() {
        AtomicInteger runs = new AtomicInteger();
        TransferWork work = monitor -> {
            if (runs.incrementAndGet() == 1) {
                throw StorageException.unavailable("the store is away");
            }
            return TransferResult.NOTHING;
        };
        Transfer failed =
                transfers.await(transfers.start(backup("b1"), "", work).key().id(), LONG);
        assertThat(failed.state()).isEqualTo(TransferState.FAILED);
        assertThat(failed.error()).contains(ErrorCode.UNAVAILABLE);
        assertThat(failed.message()).isEqualTo("the store is away");

        Transfer again =
                transfers.await(transfers.start(backup("b1"), "", work).key().id(), LONG);

        assertThat(again.state()).isEqualTo(TransferState.DONE);
        assertThat(again.error()).isEmpty();
    }

    @Test
    void aDefectFailsTheTransferAndFreesItsPlace() {
        for (int i = 0; i < 3; i++) {
            Transfer failed = transfers.await(
                    transfers
                            .start(backup("b" + i), "", monitor -> {
                                throw new IllegalStateException("oops");
                            })
                            .key()
                            .id(),
                    LONG);
            assertThat(failed.error()).contains(ErrorCode.INTERNAL);
        }
        Transfer next = transfers.start(backup("fine"), "", monitor -> TransferResult.NOTHING);
        assertThat(transfers.await(next.key().id(), LONG).state()).isEqualTo(TransferState.DONE);
    }

    @Test
    void neverMoreThanTheLimitRunAndTheOthersComeInOrder() {
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        List<String> order = java.util.Collections.synchronizedList(new ArrayList<>());
        CountDownLatch ready = new CountDownLatch(2);
        for (int i = 0; i < 8; i++) {
            String name = "b" + i;
            transfers.start(backup(name), "", monitor -> {
                order.add(name);
                most.accumulateAndGet(running.incrementAndGet(), Math::max);
                ready.countDown();
                pass(gate);
                running.decrementAndGet();
                return TransferResult.NOTHING;
            });
        }
        pass(ready);
        assertThat(transfers.list().stream().map(Transfer::state).toList())
                .startsWith(TransferState.RUNNING, TransferState.RUNNING, TransferState.WAITING)
                .endsWith(TransferState.WAITING);
        assertThat(transfers.list().getLast().message()).isEqualTo("waits for its turn");
        gate.countDown();
        for (int i = 0; i < 8; i++) {
            transfers.await(backup("b" + i).id(), LONG);
        }
        assertThat(most).hasValue(2);
        assertThat(order.subList(0, 2)).containsExactlyInAnyOrder("b0", "b1");
        assertThat(order).hasSize(8);
    }

    @Test
    void cancellingEndsAWaitingOneAtOnceAndARunningOneSoon() {
        CountDownLatch looked = new CountDownLatch(1);
        TransferWork untilCancelled = monitor -> {
            looked.countDown();
            while (true) {
                monitor.checkWanted();
                Thread.onSpinWait();
            }
        };
        String running = transfers.start(backup("b1"), "", untilCancelled).key().id();
        transfers.start(backup("b2"), "", monitor -> {
            pass(gate);
            return TransferResult.NOTHING;
        });
        String waiting = transfers
                .start(backup("b3"), "", monitor -> TransferResult.NOTHING)
                .key()
                .id();
        pass(looked);

        assertThat(transfers.cancel(waiting).state()).isEqualTo(TransferState.CANCELLED);
        transfers.cancel(running);
        assertThat(transfers.await(running, LONG).state()).isEqualTo(TransferState.CANCELLED);
        assertThat(transfers.cancel(running).state()).isEqualTo(TransferState.CANCELLED);

        Transfer again = transfers.start(backup("b3"), "", monitor -> TransferResult.NOTHING);
        assertThat(transfers.await(again.key().id(), LONG).state()).isEqualTo(TransferState.DONE);
    }

    @Test
    void waitingEndsWithTheTimeGiven() {
        String id = transfers
                .start(backup("b1"), "", monitor -> {
                    pass(gate);
                    return TransferResult.NOTHING;
                })
                .key()
                .id();
        assertThat(transfers.await(id, Duration.ofMillis(20)).state().hasEnded())
                .isFalse();
    }

    @Test
    void whatEndedIsForgottenByNumberAndByTimeAndOnRequest() {
        for (int i = 0; i < 5; i++) {
            transfers.await(
                    transfers
                            .start(backup("b" + i), "", monitor -> TransferResult.NOTHING)
                            .key()
                            .id(),
                    LONG);
        }
        assertThat(transfers.list()).extracting(t -> t.key().backup()).containsExactly("b2", "b3", "b4");

        transfers.forget(key -> key.backup().equals("b3"));
        assertThat(transfers.list()).extracting(t -> t.key().backup()).containsExactly("b2", "b4");

        clock.pass(Duration.ofMinutes(11));
        assertThat(transfers.list()).isEmpty();
        assertThatThrownBy(() -> transfers.get(backup("b4").id()))
                .isInstanceOfSatisfying(
                        StorageException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_FOUND));
    }

    @Test
    void idsTellRequestsApart() {
        assertThat(backup("b1").id())
                .isEqualTo(backup("b1").id())
                .isNotEqualTo(backup("b2").id());
        assertThat(new TransferKey(TransferKind.DELETION, "file:///t", "pvc-1", "b1", "").id())
                .isNotEqualTo(backup("b1").id());
    }

    private static TransferWork counting(AtomicInteger runs) {
        return monitor -> {
            runs.incrementAndGet();
            return TransferResult.NOTHING;
        };
    }

    private static TransferKey backup(String name) {
        return new TransferKey(TransferKind.BACKUP, "file:///t", "pvc-1", name, "");
    }

    private void awaitState(String id, TransferState state) {
        Awaitility.await().atMost(LONG).until(() -> transfers.get(id).state() == state);
    }

    private static void pass(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
