package io.drover.cluster;

import io.drover.node.disk.DiskConfiguration;
import io.drover.standalone.ServerProcess;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
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
            names = "--data-dir",
            paramLabel = "<folder>",
            defaultValue = "${env:DROVER_DATA_DIR:-/var/lib/drover}",
            description = "What the host remembers, and mounts (default: $$DROVER_DATA_DIR or /var/lib/drover).")
    private Path data = Path.of("/var/lib/drover");

    @Option(
            names = "--agent-address",
            paramLabel = "<host>:<port>",
            defaultValue = "0.0.0.0:9811",
            description = "Where the controller reaches the agent, by mutual TLS (default: ${DEFAULT-VALUE}).")
    private String agent = "";

    @Option(
            names = "--metrics-address",
            paramLabel = "<host>:<port>",
            defaultValue = "127.0.0.1:9813",
            description = "Serves /metrics, /healthz and /readyz; empty = off (default: ${DEFAULT-VALUE}).")
    private String metrics = "";

    @Option(
            names = "--disk",
            paramLabel = "<disk>",
            description = "Holds volumes; may be given several times (default: the folder disk in the data folder).")
    private List<String> disks = new ArrayList<>();

    @Mixin
    private HostOptions host = new HostOptions();

    @Mixin
    private CsiOptions csi = new CsiOptions();

    @Mixin
    private TlsOption tls = new TlsOption();

    @Mixin
    private LogOptions logging = new LogOptions();

    @Override
    public Integer call() throws InterruptedException {
        Arguments arguments = new Arguments();
        Path folder = data.toAbsolutePath().normalize();
        NodeConfiguration configuration = new NodeConfiguration(
                host.node(arguments),
                csi.driver(),
                folder,
                disks.isEmpty() ? List.of(DiskConfiguration.at(folder.resolve("disk"))) : arguments.disks(disks),
                csi.socket(arguments),
                arguments.listen("--agent-address", agent),
                host.agentSocket(arguments),
                tls.folder(),
                arguments.metrics(metrics));
        arguments.check();
        logging.start();
        return ServerProcess.run(NodeProcess.start(configuration, ServerProcess.faults()));
    }
}
