package io.drover.snapshotter.store;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** A snapshot that this host has: by its name, and by when it was taken, since a name can be used again. */
public record LocalSnapshot(String name, Instant created) {
    /** Whether a backup's configuration means this one. It knows the time to the second. */
    public boolean is(String otherName, Optional<Instant> otherCreated) {
        return name.equals(otherName)
                && otherCreated
                        .map(other ->
                                other.truncatedTo(ChronoUnit.SECONDS).equals(created.truncatedTo(ChronoUnit.SECONDS)))
                        .orElse(false);
    }
}
