package io.drover.cluster;

import io.drover.standalone.HostName;
import io.drover.standalone.ServerProcess;
import io.drover.standalone.Standalone;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code drover node}. */
@Command(
        name = "node",
        subcommands = NodeCheckCommand.class,
        description = {
            "Runs the agent and the CSI Node service of one host of a cluster, until it is ended by SIGTERM or Ctrl-C.",
            "Needs root. Knows neither Kubernetes nor any cloud's keys: the controller tells it what to do."
        },
        footer = {
            "",
            "A disk: <path>[,tags=fast+ssd][,size=50Gi][,engine=btrfs|xfs][,name=<text>]; the controller can add others.",
            "",
            "Examples:",
            "  drover node check --disk /var/lib/drover/disk",
            "  drover node --node-name worker-1 --tls-dir /etc/drover/tls --disk /dev/sdb,tags=ssd",
        })
public final class NodeCommand implements Callable<Integer> {
    @Option(
            names = "--node-name",
            paramLabel = "<name>",
            defaultValue = "${env:NODE_NAME:-}",
            description = "Name of this host in the cluster (default: $$NODE_NAME, or its host name).")
    private @Nullable String nodeName;

    @Option(
            names = "--driver-name",
            paramLabel = "<name>",
            defaultValue = Standalone.DRIVER,
            description = "By which CSI clients know the driver (default: ${DEFAULT-VALUE}).")
    private String driver = Standalone.DRIVER;

    @Option(
            names = "--data-dir",
            paramLabel = "<folder>",
            defaultValue = "${env:DROVER_DATA_DIR:-/var/lib/drover}",
            description = "What the host remembers, and mounts (default: $$DROVER_DATA_DIR or /var/lib/drover).")
    private Path data = Path.of("/var/lib/drover");

    @Option(
            names = "--csi-endpoint",
            paramLabel = "unix://<file>",
            defaultValue = "unix:///csi/csi.sock",
            description = "Socket of the CSI services (default: ${DEFAULT-VALUE}).")
    private String csi = "";

    @Option(
            names = "--agent-address",
            paramLabel = "<host>:<port>",
            defaultValue = "0.0.0.0:9811",
            description = "Where the controller reaches the agent, by mutual TLS (default: ${DEFAULT-VALUE}).")
    private String agent = "";

    @Option(
            names = "--agent-socket",
            paramLabel = "unix://<file>",
            defaultValue = "unix:///run/drover/agent.sock",
            description = "Where the mover of this host reaches it; for root only (default: ${DEFAULT-VALUE}).")
    private String agentSocket = "";

    @Option(
            names = "--tls-dir",
            paramLabel = "<folder>",
            defaultValue = "/etc/drover/tls",
            description = "tls.crt, tls.key and ca.crt; read again when they are renewed (default: ${DEFAULT-VALUE}).")
    private Path tls = Path.of("/etc/drover/tls");

    @Option(
            names = "--metrics-address",
            paramLabel = "<host>:<port>",
            defaultValue = "127.0.0.1:9813",
            description = "Serves /metrics, /healthz and /readyz; empty = off (default: ${DEFAULT-VALUE}).")
    private String metrics = "";

    @Option(names = "--disk", paramLabel = "<disk>", description = "Holds volumes; may be given several times.")
    private List<String> disks = new ArrayList<>();

    @Mixin
    private LogOptions logging = new LogOptions();

    @Override
    public Integer call() throws InterruptedException {
        Arguments arguments = new Arguments();
        NodeConfiguration configuration = new NodeConfiguration(
                arguments.node("--node-name", nodeName(nodeName)),
                driver,
                data.toAbsolutePath().normalize(),
                arguments.disks(disks),
                arguments.socket("--csi-endpoint", csi),
                arguments.listen("--agent-address", agent),
                arguments.socket("--agent-socket", agentSocket),
                tls,
                metrics(arguments, metrics));
        arguments.check();
        logging.start();
        return ServerProcess.run(NodeProcess.start(configuration, ServerProcess.faults()));
    }

    static String nodeName(@Nullable String given) {
        return given == null || given.isEmpty() ? HostName.ofThisHost() : given;
    }

    static Optional<InetSocketAddress> metrics(Arguments arguments, String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(arguments.listen("--metrics-address", text));
    }
}
