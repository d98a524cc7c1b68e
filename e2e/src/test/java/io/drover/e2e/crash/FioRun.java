package io.drover.e2e.crash;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.drover.e2e.fixture.Workspace;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A fio that writes at random places of one file, past the cache, and reads back and checks what it wrote, until it is stopped. */
final class FioRun {
    private static final double NANOS_PER_MILLI = 1e6;
    private static final long LIMIT_SECONDS = 60;

    private final Process process;
    private final Path report;

    /**
     * What it found.
     *
     * @param errors failed calls and blocks that differed
     * @param longestMillis the longest time that one read or write took
     * @param writes how many there were
     */
    record Outcome(long errors, double longestMillis, long writes) {}

    private FioRun(Process process, Path report) {
        this.process = process;
        this.report = report;
    }

    static FioRun start(Workspace workspace, String name, Path file) {
        Path report = workspace.path("fio-" + name + ".json");
        try {
            return new FioRun(
                    new ProcessBuilder(
                                    "fio",
                                    "--name=" + name,
                                    "--filename=" + file,
                                    "--size=64m",
                                    "--rw=randwrite",
                                    "--bs=4k",
                                    "--ioengine=libaio",
                                    "--iodepth=4",
                                    "--direct=1",
                                    "--verify=crc32c",
                                    "--verify_fatal=1",
                                    "--verify_backlog=256",
                                    "--verify_state_save=0",
                                    "--rate_iops=2000",
                                    "--time_based",
                                    "--runtime=600",
                                    "--output-format=json",
                                    "--output=" + report)
                            .redirectErrorStream(true)
                            .redirectOutput(new File("/dev/null"))
                            .start(),
                    report);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean isRunning() {
        return process.isAlive();
    }

    /** Asks it to end, and reads its report. */
    Outcome stop() {
        try {
            // SIGINT is fio's own way to end early and still report.
            var unused = io.drover.e2e.fixture.HostCommand.attempt("kill", "-INT", Long.toString(process.pid()));
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException("fio did not end within " + LIMIT_SECONDS + " seconds of being asked");
            }
            return read(Files.readString(report));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    static Outcome read(String text) throws IOException {
        // fio prints remarks before the JSON.
        JsonNode job = new ObjectMapper()
                .readTree(text.substring(text.indexOf('{')))
                .path("jobs")
                .path(0);
        double longest = Math.max(
                job.path("write").path("lat_ns").path("max").asDouble(),
                job.path("read").path("lat_ns").path("max").asDouble());
        return new Outcome(
                job.path("error").asLong() + job.path("total_err").asLong(),
                longest / NANOS_PER_MILLI,
                job.path("write").path("total_ios").asLong());
    }
}
