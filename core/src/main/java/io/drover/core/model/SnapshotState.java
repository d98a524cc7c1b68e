package io.drover.core.model;

/** The life of a snapshot's record: CREATING → READY → DELETING, or CREATING → DELETING. */
public enum SnapshotState {
    /** Recorded; the clone perhaps not made yet. */
    CREATING,
    READY,
    DELETING;

    /** Whether the record may go from this state to that one. A state may always be written again. */
    public boolean mayBecome(SnapshotState next) {
        return this == next
                || switch (this) {
                    case CREATING -> next == READY || next == DELETING;
                    case READY -> next == DELETING;
                    case DELETING -> false;
                };
    }
}
