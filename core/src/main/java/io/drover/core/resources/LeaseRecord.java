package io.drover.core.resources;

import java.time.Duration;

/**
 * A Lease of the Kubernetes API: who leads, and for how long after the last renewal others must believe it. Its times are those of the
 * holder's clock, good to show and to tell one renewal from the next, and never compared with a clock here.
 *
 * @param holder empty = nobody
 * @param renewed as written by the holder
 * @param transitions how often the holder changed
 */
public record LeaseRecord(
        String uid, long version, String holder, Duration duration, String acquired, String renewed, long transitions) {
    /** Whether nothing happened since: the holder did not even renew. */
    public boolean isSameClaim(LeaseRecord other) {
        return uid.equals(other.uid)
                && holder.equals(other.holder)
                && duration.equals(other.duration)
                && acquired.equals(other.acquired)
                && renewed.equals(other.renewed)
                && transitions == other.transitions;
    }
}
