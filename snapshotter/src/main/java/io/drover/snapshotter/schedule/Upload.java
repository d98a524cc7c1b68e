package io.drover.snapshotter.schedule;

/**
 * How a backup stands.
 *
 * @param bytes that were sent
 * @param message what it does or waits for, or what failed
 */
public record Upload(State state, long bytes, String message) {
    /** Where it stands. */
    public enum State {
        UNDER_WAY,
        READY,
        FAILED
    }
}
