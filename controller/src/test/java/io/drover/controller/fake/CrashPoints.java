package io.drover.controller.fake;

import io.drover.core.fault.FaultPoints;
import java.util.ArrayList;
import java.util.List;

/** Collects the points that are passed, and crashes at the n-th if told so. */
public final class CrashPoints implements FaultPoints {
    private final List<String> passed = new ArrayList<>();
    private int crashAt = Integer.MAX_VALUE;

    @Override
    public void reach(String name) {
        passed.add(name);
        if (passed.size() - 1 == crashAt) {
            crashAt = Integer.MAX_VALUE;
            throw new SimulatedCrash(name);
        }
    }

    public List<String> passed() {
        return List.copyOf(passed);
    }

    /** Forgets what was passed and arms the n-th point from now, counted from 0. */
    public void crashAt(int index) {
        passed.clear();
        crashAt = index;
    }
}
