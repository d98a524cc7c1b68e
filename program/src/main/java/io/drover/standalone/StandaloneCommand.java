package io.drover.standalone;

import io.drover.logging.LogFormat;
import io.drover.logging.Logging;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code drover standalone}. */
@Command(
        name = "standalone",
        description = {
            "Runs Drover on this host, until it is ended by SIGTERM or Ctrl-C.",
            "Volumes that are in use stay in use when it ends, and are found again at the next start."
        },
        footer = {
            "",
            "A disk is a folder on btrfs or XFS (used as it is), a blank block device (gets a file system), or any other folder (gets an image file).",
            "Its form: <path>[,tags=fast+ssd][,size=50Gi][,engine=btrfs|xfs][,name=<text>]",
            "",
            "Examples:",
            "  drover standalone",
            "  drover standalone --data-dir /srv/drover --csi-endpoint unix:///run/drover/csi.sock --disk /dev/sdb --disk /mnt/btrfs,tags=fast",
            "  drover standalone --metrics-port 0 --log-format json"
        })
public final class StandaloneCommand implements Callable<Integer> {
    @Option(
            names = "--data-dir",
            paramLabel = "<folder>",
            defaultValue = "${env:DROVER_DATA_DIR:-/var/lib/drover}",
            description = "Where records, sockets and mounts are kept (default: $DROVER_DATA_DIR or /var/lib/drover).")
    private Path dataDirectory = Path.of("/var/lib/drover");

    @Option(
            names = "--csi-endpoint",
            paramLabel = "unix://<file>",
            defaultValue = "",
            description = "Socket of the CSI services (default: csi.sock in the data folder).")
    private String csiEndpoint = "";

    @Option(
            names = "--disk",
            paramLabel = "<disk>",
            description = "Holds volumes; may be given several times (default: disk in the data folder).")
    private List<String> disks = new ArrayList<>();

    @Option(
            names = "--node-name",
            paramLabel = "<name>",
            description = "Name of this host in the cluster (default: its host name).")
    private @Nullable String nodeName;

    @Option(
            names = "--metrics-port",
            paramLabel = "<port>",
            defaultValue = "9810",
            description =
                    "Serves /metrics (Prometheus) and /healthz on 127.0.0.1; 0 = off (default: ${DEFAULT-VALUE}).")
    private int metricsPort;

    @Option(
            names = "--time-zone",
            paramLabel = "<zone>",
            defaultValue = "UTC",
            description = "Of recurring jobs that name none (default: ${DEFAULT-VALUE}).")
    private String timeZone = "UTC";

    @Option(
            names = "--job-jitter",
            paramLabel = "<time>",
            defaultValue = "0s",
            description = "By up to which recurring jobs are delayed, each by another part: 30s, 5m (default: none).")
    private String jitter = "0s";

    @Option(
            names = "--log-format",
            paramLabel = "text|json",
            defaultValue = "text",
            description = "On standard error: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private LogFormat logFormat = LogFormat.text;

    @Option(names = "--debug", description = "Logs each step and request (secrets left out).")
    private boolean debug;

    @Override
    public Integer call() throws InterruptedException {
        StandaloneConfiguration configuration = StandaloneConfiguration.check(new StandaloneConfiguration.Arguments(
                dataDirectory,
                csiEndpoint,
                nodeName == null ? HostName.ofThisHost() : nodeName,
                disks,
                metricsPort,
                timeZone,
                jitter));
        Logging.start(logFormat, debug);
        return ServerProcess.run(Standalone.start(configuration, ServerProcess.faults()));
    }
}
