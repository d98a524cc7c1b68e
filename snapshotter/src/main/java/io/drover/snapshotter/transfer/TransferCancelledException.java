package io.drover.snapshotter.transfer;

/** Ends a run that somebody cancelled. What it stored stays, and serves the next attempt. */
public final class TransferCancelledException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public TransferCancelledException() {
        super("cancelled; the same request continues it");
    }
}
