package io.drover.core.model;

/**
 * The life of a backup's record.
 *
 * <pre>
 *            snapshot is there          all stored
 *  PENDING ────────────────▶ UPLOADING ───────────▶ READY
 *     │                       │    ▲ │                │
 *     │                failed ▼    │ again            │
 *     │                       FAILED │                │
 *     │                         │    │                │
 *     └────────delete───────────┴────┴────────────────┴──▶ DELETING ──▶ (no record)
 * </pre>
 */
public enum BackupState {
    /** Recorded; the store has nothing of it yet. */
    PENDING,
    /** The local snapshot is there; the store has perhaps a part. */
    UPLOADING,
    READY,
    /** Ended with an error; the same request continues. */
    FAILED,
    DELETING;

    /** Whether the record may go from this state to that one. A state may always be written again. */
    public boolean mayBecome(BackupState next) {
        return this == next
                || switch (this) {
                    case PENDING -> next == UPLOADING || next == DELETING;
                    case UPLOADING -> next == READY || next == FAILED || next == DELETING;
                    case FAILED -> next == UPLOADING || next == DELETING;
                    case READY -> next == DELETING;
                    case DELETING -> false;
                };
    }
}
