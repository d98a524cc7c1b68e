package io.drover.cli;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Which running Drover a command talks to. */
final class ServerOptions {
    @Option(
            names = "--data-dir",
            paramLabel = "<folder>",
            defaultValue = "${env:DROVER_DATA_DIR:-/var/lib/drover}",
            description =
                    "Data folder of the running drover standalone (default: $DROVER_DATA_DIR or /var/lib/drover).")
    private Path dataDirectory = Path.of("/var/lib/drover");

    @Option(
            names = "--socket",
            paramLabel = "<file>",
            defaultValue = "${env:DROVER_SOCKET:-}",
            description =
                    "Its operations socket, or that of drover controller (default: $$DROVER_SOCKET, or drover.sock in the data folder).")
    private String socket = "";

    /** Connects; the first call tells whether somebody is there. */
    Client connect() {
        Path file = !socket.isEmpty() ? Path.of(socket) : dataDirectory.resolve("drover.sock");
        return Client.to(file.toAbsolutePath());
    }
}
