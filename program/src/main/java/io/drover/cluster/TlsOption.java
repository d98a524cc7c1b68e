package io.drover.cluster;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where a process of the cluster has its certificate, and those whom it trusts. */
final class TlsOption {
    @Option(
            names = "--tls-dir",
            paramLabel = "<folder>",
            defaultValue = "/etc/drover/tls",
            description = "tls.crt, tls.key and ca.crt; read again when they are renewed (default: ${DEFAULT-VALUE}).")
    private Path folder = Path.of("/etc/drover/tls");

    Path folder() {
        return folder;
    }
}
