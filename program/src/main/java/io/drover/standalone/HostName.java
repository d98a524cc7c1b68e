package io.drover.standalone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The name of this host as the kernel has it; no resolver is asked. */
public final class HostName {
    private HostName() {}

    public static String ofThisHost() {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
        } catch (IOException e) {
            return "localhost";
        }
    }
}
