package io.drover.snapshotter.transfer;

/** What a transfer that is done has to say, beyond being done. Each kind of work has its own record. */
public interface TransferResult {
    /** Nothing. */
    TransferResult NOTHING = new TransferResult() {};
}
