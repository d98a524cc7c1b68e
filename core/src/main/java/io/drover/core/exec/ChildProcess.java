package io.drover.core.exec;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;

/**
 * A program of ours that runs beside this one until it is told to end, in a session of its own, so that Ctrl-C at a terminal reaches
 * only the parent, which then ends it in good order. It inherits the environment. If the parent is killed, it goes on.
 */
public final class ChildProcess implements AutoCloseable {
    private final Process process;

    private ChildProcess(Process process) {
        this.process = process;
    }

    /**
     * Starts it and returns at once.
     *
     * @param program absolute path
     * @param output file to which standard output and standard error are appended
     * @throws IOException if it cannot be started
     */
    public static ChildProcess start(Path program, List<String> arguments, Path output) throws IOException {
        if (!program.isAbsolute()) {
            throw new IllegalArgumentException("not an absolute path: " + program);
        }
        List<String> argv = new ArrayList<>(List.of("setsid", program.toString()));
        argv.addAll(arguments);
        // A fresh child leads no process group, so setsid(1) becomes the program by exec and the process id stays.
        return new ChildProcess(new ProcessBuilder(argv)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()))
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .start());
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** The exit code, empty while it runs; 128 and the signal's number if a signal ended it. */
    public OptionalInt exitCode() {
        return process.isAlive() ? OptionalInt.empty() : OptionalInt.of(process.exitValue());
    }

    /** Ends it at once, without its consent (SIGKILL), and waits for that. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /**
     * Asks it to end (SIGTERM) and waits.
     *
     * @return whether it did; if not, it still runs
     */
    public boolean terminate(Duration patience) throws InterruptedException {
        process.destroy();
        return process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Ends it if it still runs. */
    @Override
    public void close() {
        process.destroyForcibly();
    }
}
