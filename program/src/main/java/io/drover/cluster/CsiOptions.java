package io.drover.cluster;

import io.drover.standalone.Standalone;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** How CSI clients find the driver: the sidecars of the controller, the kubelet of a host. */
final class CsiOptions {
    @Option(
            names = "--driver-name",
            paramLabel = "<name>",
            defaultValue = Standalone.DRIVER,
            description = "The provisioner's name in StorageClasses (default: ${DEFAULT-VALUE}).")
    private String driver = Standalone.DRIVER;

    @Option(
            names = "--csi-endpoint",
            paramLabel = "unix://<file>",
            defaultValue = "unix:///csi/csi.sock",
            description = "Socket of the CSI services (default: ${DEFAULT-VALUE}).")
    private String endpoint = "";

    String driver() {
        return driver;
    }

    Path socket(Arguments arguments) {
        return arguments.socket("--csi-endpoint", endpoint);
    }
}
