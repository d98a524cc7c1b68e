package io.drover.node.testing;

import io.drover.core.fault.FaultPoints;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** Ends an operation at one point, once, by an error that nothing catches, as if the process had ended; and notes all points passed. */
public final class CrashAt implements FaultPoints {
    private final String point;
    private final AtomicBoolean armed = new AtomicBoolean(true);
    private final List<String> passed = Collections.synchronizedList(new ArrayList<>());

    /** @param point where to end; one that is never reached only notes */
    public CrashAt(String point) {
        this.point = point;
    }

    /** The process is gone. */
    public static final class Crash extends Error {
        private static final long serialVersionUID = 1L;

        Crash(String point) {
            super("crashed at " + point);
        }
    }

    @Override
    public void reach(String name) {
        passed.add(name);
        if (name.equals(point) && armed.getAndSet(false)) {
            throw new Crash(name);
        }
    }

    /** The points reached so far, each once, in order. */
    public List<String> passed() {
        return passed.stream().distinct().toList();
    }
}
