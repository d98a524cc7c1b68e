package io.drover.cluster;

import io.drover.logging.LogFormat;
import io.drover.logging.Logging;
import picocli.CommandLine.Option;

/** How a process of the cluster logs. */
final class LogOptions {
    @Option(
            names = "--log-format",
            paramLabel = "text|json",
            defaultValue = "text",
            description = "On standard error: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private LogFormat format = LogFormat.text;

    @Option(names = "--debug", description = "Logs each step and request (secrets left out).")
    private boolean debug;

    void start() {
        Logging.start(format, debug);
    }
}
