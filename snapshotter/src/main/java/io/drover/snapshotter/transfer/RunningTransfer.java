package io.drover.snapshotter.transfer;

import io.drover.core.error.ErrorCode;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One transfer's changing facts. Guarded by the lock of {@link Transfers}; only the monitor is used outside of it. */
final class RunningTransfer {
    private final TransferKey key;
    private final String generation;
    private final Instant started;
    private final TransferMonitor monitor = new TransferMonitor();
    private TransferState state = TransferState.WAITING;
    private @Nullable Instant ended;
    private @Nullable ErrorCode error;
    private String message = "waits for its turn";
    private TransferResult result = TransferResult.NOTHING;

    RunningTransfer(TransferKey key, String generation, Instant started) {
        this.key = key;
        this.generation = generation;
        this.started = started;
    }

    TransferKey key() {
        return key;
    }

    TransferMonitor monitor() {
        return monitor;
    }

    TransferState state() {
        return state;
    }

    boolean isOfGeneration(String other) {
        return generation.equals(other);
    }

    Optional<Instant> ended() {
        return Optional.ofNullable(ended);
    }

    void begin() {
        state = state.next(TransferState.Event.BEGIN);
        message = "";
    }

    void succeed(TransferResult what, Instant now) {
        end(TransferState.Event.SUCCEED, "", now);
        result = what;
    }

    void fail(ErrorCode code, String why, Instant now) {
        end(TransferState.Event.FAIL, why, now);
        error = code;
    }

    void stop(Instant now) {
        end(TransferState.Event.STOP, "cancelled; the same request continues it", now);
    }

    private void end(TransferState.Event event, String why, Instant now) {
        state = state.next(event);
        message = why;
        ended = now;
    }

    Transfer snapshot() {
        return new Transfer(
                key,
                state,
                monitor.total(),
                monitor.done(),
                monitor.sent(),
                monitor.read(),
                monitor.requests(),
                started,
                ended(),
                Optional.ofNullable(error),
                message.isEmpty() ? monitor.step() : message,
                result);
    }
}
