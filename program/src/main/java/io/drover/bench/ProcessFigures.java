package io.drover.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** What the kernel has counted of processes (proc_pid_status(5), proc_pid_clear_refs(5), proc_stat(5)). */
final class ProcessFigures {
    /** proc_stat(5) counts in these, whatever the kernel's own tick is: sysconf(_SC_CLK_TCK) on every Linux of today. */
    private static final long TICKS_PER_SECOND = 100;

    private ProcessFigures() {}

    /** Processor time of a process so far, of all its threads, in its own code and in the kernel. */
    static Duration cpu(long pid) throws IOException {
        return ProcessHandle.of(pid)
                .flatMap(process -> process.info().totalCpuDuration())
                .orElseThrow(() -> new IOException("no process " + pid));
    }

    /** Resident memory of now, in bytes. */
    static long residentBytes(long pid) throws IOException {
        return status(pid, "VmRSS:");
    }

    /** The most that was resident since the start, or since {@link #forgetPeak}, in bytes. */
    static long peakBytes(long pid) throws IOException {
        return status(pid, "VmHWM:");
    }

    /** Lets the peak begin anew. Needs root, unless it is one's own process. */
    static void forgetPeak(long pid) throws IOException {
        Files.writeString(Path.of("/proc", Long.toString(pid), "clear_refs"), "5");
    }

    /** Processor time that all processes of this machine together have taken, interrupts included. */
    static Duration cpuOfAll() throws IOException {
        try (var lines = Files.lines(Path.of("/proc/stat"))) {
            String[] ticks = lines.findFirst().orElseThrow().split(" +");
            // user nice system (idle iowait) irq softirq
            long busy = 0;
            for (int field : List.of(1, 2, 3, 6, 7)) {
                busy += Long.parseLong(ticks[field]);
            }
            return Duration.ofMillis(busy * 1000 / TICKS_PER_SECOND);
        }
    }

    private static long status(long pid, String key) throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc", Long.toString(pid), "status"))) {
            if (line.startsWith(key)) {
                return 1024 * Long.parseLong(line.replaceAll("[^0-9]", ""));
            }
        }
        throw new IOException("no " + key + " of process " + pid);
    }
}
