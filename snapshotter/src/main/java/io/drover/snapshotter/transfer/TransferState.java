package io.drover.snapshotter.transfer;

/**
 * Where a transfer stands.
 *
 * <pre>
 * WAITING --BEGIN--> RUNNING --SUCCEED--> DONE
 *    |                  |------FAIL-----> FAILED
 *    '------STOP------- '------STOP-----> CANCELLED
 * </pre>
 */
public enum TransferState {
    /** For its turn. */
    WAITING,
    RUNNING,
    DONE,
    FAILED,
    CANCELLED;

    /** What happens to a transfer. */
    public enum Event {
        /** It is its turn. */
        BEGIN,
        SUCCEED,
        FAIL,
        /** It was cancelled, and has stopped. */
        STOP
    }

    /** Whether nothing can happen any more. */
    public boolean hasEnded() {
        return switch (this) {
            case WAITING, RUNNING -> false;
            case DONE, FAILED, CANCELLED -> true;
        };
    }

    /** The state after the event. What cannot happen is a defect of ours. */
    TransferState next(Event event) {
        return switch (this) {
            case WAITING ->
                switch (event) {
                    case BEGIN -> RUNNING;
                    case STOP -> CANCELLED;
                    case SUCCEED, FAIL -> throw impossible(event);
                };
            case RUNNING ->
                switch (event) {
                    case SUCCEED -> DONE;
                    case FAIL -> FAILED;
                    case STOP -> CANCELLED;
                    case BEGIN -> throw impossible(event);
                };
            case DONE, FAILED, CANCELLED -> throw impossible(event);
        };
    }

    private IllegalStateException impossible(Event event) {
        return new IllegalStateException("a transfer that is " + this + " cannot " + event);
    }
}
