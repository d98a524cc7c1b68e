package io.drover.core.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Appends the name of every point that is reached to a file, one a line, so that the kill tests know which points a run passes and in
 * which order; chosen by the environment variable {@code DROVER_TRACE_POINTS=<file>}.
 */
public final class TracePoints implements FaultPoints {
    private final Path file;

    public TracePoints(Path file) {
        this.file = file;
    }

    @Override
    public synchronized void reach(String name) {
        try {
            Files.writeString(file, name + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot note the fault point " + name + " in " + file, e);
        }
    }
}
