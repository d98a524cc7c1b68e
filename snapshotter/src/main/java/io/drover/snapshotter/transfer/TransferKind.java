package io.drover.snapshotter.transfer;

/** What a transfer does. */
public enum TransferKind {
    BACKUP,
    RESTORE,
    DELETION,
    VERIFICATION
}
