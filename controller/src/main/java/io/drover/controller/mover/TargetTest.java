package io.drover.controller.mover;

import java.time.Duration;
import java.util.List;

/** What a target answered to a probe. */
public record TargetTest(List<Step> steps, List<String> warnings) {
    /**
     * One thing that was tried.
     *
     * @param name {@code connect}, {@code write}, {@code read}, {@code list}, {@code delete}
     * @param problem empty = it worked
     */
    public record Step(String name, String problem, Duration duration) {}

    public TargetTest {
        steps = List.copyOf(steps);
        warnings = List.copyOf(warnings);
    }
}
