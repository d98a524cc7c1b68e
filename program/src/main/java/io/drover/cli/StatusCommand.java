package io.drover.cli;

import io.drover.proto.operations.v1.Status;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code drover status}. */
@Command(
        name = "status",
        description =
                "Tells whether Drover runs here, since when, and where its sockets are. Exits with 4 if it does not run.",
        footer = {"", "Examples:", "  drover status", "  drover status --data-dir /srv/drover -o json"})
public final class StatusCommand implements Callable<Integer> {
    @Mixin
    private ServerOptions server = new ServerOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Override
    public Integer call() {
        try (Client client = server.connect()) {
            Status status = client.status();
            output.one(Listings.STATUS, status, () -> text(status));
        }
        return ExitCode.OK;
    }

    private static String text(Status status) {
        return """
                Drover %s runs on node %s (process %d) since %s.
                Data folder:   %s
                CSI endpoint:  %s
                Metrics:       %s
                Volumes:       %d
                Snapshots:     %d
                """.formatted(
                        status.getVersion(),
                        status.getNode(),
                        status.getProcessId(),
                        Shown.time(status.getStarted()),
                        status.getDataDirectory(),
                        status.getCsiEndpoint(),
                        status.getMetricsAddress().isEmpty() ? "off" : status.getMetricsAddress(),
                        status.getVolumes(),
                        status.getSnapshots());
    }
}
