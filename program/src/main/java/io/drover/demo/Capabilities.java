package io.drover.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What the kernel lets a process do beyond its user id (capabilities(7)).
 *
 * @param bits one per capability
 */
record Capabilities(long bits) {
    /** CAP_SYS_RESOURCE, linux/capability.h. */
    static final int SYS_RESOURCE = 24;

    private static final String KEY = "CapEff:";

    static Capabilities ofThisProcess() throws IOException {
        return parse(Files.readAllLines(Path.of("/proc/self/status")));
    }

    /** Reads the effective set from the lines of proc_pid_status(5). */
    static Capabilities parse(List<String> status) throws IOException {
        for (String line : status) {
            if (line.startsWith(KEY)) {
                return new Capabilities(
                        Long.parseUnsignedLong(line.substring(KEY.length()).strip(), 16));
            }
        }
        throw new IOException("/proc/self/status has no line " + KEY);
    }

    boolean has(int capability) {
        return (bits >> capability & 1) == 1;
    }
}
