package io.drover.snapshotter.schedule;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** Carries runs, each beside the others. */
@FunctionalInterface
public interface Workers {
    /** Does the step again and again, with the pause that it asks for between, until it asks for none. Returns at once. */
    void start(String name, Supplier<Optional<Duration>> step);
}
