package io.drover.core.model;

/**
 * The life of a volume's record.
 *
 * <pre>
 *            created             delete              replicas gone, no snapshot left
 *  CREATING ─────────▶ READY ───────────▶ DELETING ─────────────────────────────────▶ (no record)
 *      │                                   ▲   │ replicas gone, snapshots left
 *      └───────────────delete──────────────┘   └────────▶ RETAINED ──last snapshot deleted──▶ (no record)
 * </pre>
 */
public enum VolumeState {
    /** Recorded, its replicas perhaps made in part. */
    CREATING,
    READY,
    /** Answers as if it were gone; its replicas are perhaps removed in part. */
    DELETING,
    /** Gone for its users; the record stays for snapshots that outlive the volume. */
    RETAINED;

    /** Whether the record may go from this state to that one. A state may always be written again. */
    public boolean mayBecome(VolumeState next) {
        return this == next
                || switch (this) {
                    case CREATING -> next == READY || next == DELETING;
                    case READY -> next == DELETING;
                    case DELETING -> next == RETAINED;
                    case RETAINED -> false;
                };
    }

    /** Whether a caller of CSI sees a volume: one that is being deleted is gone for everybody but its own deletion. */
    public boolean isVisible() {
        return this == CREATING || this == READY;
    }
}
