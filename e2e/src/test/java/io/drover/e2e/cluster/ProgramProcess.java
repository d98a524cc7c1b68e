package io.drover.e2e.cluster;

import io.drover.e2e.fixture.ProgramJava;
import io.drover.e2e.fixture.Workspace;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One process of the program, which can be killed and started again; its output goes to a file of its name. */
final class ProgramProcess implements AutoCloseable {
    private static final long SECONDS = 60;
    private static final int HEAP_MEBIBYTES = 160;
    private static final String READY = "is ready";
    private static final String LEADS = "leads and is ready";

    private final String name;
    private final Path log;
    private final List<String> command;
    private @Nullable Process process;

    /** @param launcher what it is started through, such as {@code setpriv}; empty = directly */
    ProgramProcess(Workspace workspace, String name, List<String> launcher, List<String> arguments) {
        this.name = name;
        this.log = workspace.path(name + ".log");
        List<String> all = new ArrayList<>(launcher);
        all.addAll(ProgramJava.quick(HEAP_MEBIBYTES));
        all.addAll(arguments);
        this.command = List.copyOf(all);
    }

    String name() {
        return name;
    }

    /** Starts it and waits until it says that it serves. */
    void start() {
        long before = count(READY);
        launch();
        await(() -> count(READY) > before, "serve");
    }

    /** Starts it without waiting. */
    void launch() {
        try {
            process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectInput(new File("/dev/null"))
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until a controller leads. */
    void awaitLead() {
        await(() -> count(LEADS) > 0, "lead");
    }

    boolean says(String text) {
        return count(text) > 0;
    }

    long pid() {
        Process running = process;
        return running == null ? -1 : running.pid();
    }

    /** kill -9. */
    void kill() {
        Process running = process;
        if (running != null) {
            running.destroyForcibly();
            try {
                running.waitFor(SECONDS, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        process = null;
    }

    String tail() {
        try {
            List<String> lines = Files.readAllLines(log);
            return name + ":\n" + String.join("\n", lines.subList(Math.max(0, lines.size() - 25), lines.size()));
        } catch (IOException e) {
            return name + ": no log";
        }
    }

    @Override
    public void close() {
        kill();
    }

    private void await(java.util.function.BooleanSupplier condition, String what) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        while (!condition.getAsBoolean()) {
            Process running = process;
            if (running == null || !running.isAlive() || System.nanoTime() > end) {
                throw new IllegalStateException(name + " does not " + what + ":\n" + tail());
            }
            java.util.concurrent.locks.LockSupport.parkNanos(20_000_000);
        }
    }

    private long count(String text) {
        try {
            return Files.exists(log)
                    ? Files.readAllLines(log).stream()
                            .filter(line -> line.contains(text))
                            .count()
                    : 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
