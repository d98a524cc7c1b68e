package io.drover.core.fault;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ends the process at one point, as {@code kill -9} does: no shutdown hook, no finally, no flush runs. For tests that start the real
 * program; chosen by the environment variable {@code DROVER_KILL_AT=<point>[#<n-th time>]}.
 */
public final class KillAtPoint implements FaultPoints {
    private static final int STATUS = 137;

    private final String point;
    private final AtomicInteger remaining;

    private KillAtPoint(String point, int time) {
        this.point = point;
        this.remaining = new AtomicInteger(time);
    }

    /** Reads {@code point} or {@code point#n}. */
    public static FaultPoints parse(String text) {
        int hash = text.indexOf('#');
        return hash < 0
                ? new KillAtPoint(text, 1)
                : new KillAtPoint(text.substring(0, hash), Integer.parseInt(text.substring(hash + 1)));
    }

    @Override
    public void reach(String name) {
        if (name.equals(point) && remaining.decrementAndGet() == 0) {
            Runtime.getRuntime().halt(STATUS);
        }
    }
}
