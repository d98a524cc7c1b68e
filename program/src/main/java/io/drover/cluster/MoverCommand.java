package io.drover.cluster;

import io.drover.standalone.ServerProcess;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code drover mover}. */
@Command(
        name = "mover",
        description = {
            "Runs the mover of one host of a cluster: it carries snapshots to backup stores and back.",
            "Needs no capability; it runs as root only because the images belong to root. Credentials come with each request, none are kept."
        },
        footer = {
            "",
            "Examples:",
            "  drover mover --node-name worker-1 --tls-dir /etc/drover/tls --agent-socket unix:///run/drover/agent.sock",
        })
public final class MoverCommand implements Callable<Integer> {
    @Option(
            names = "--node-name",
            paramLabel = "<name>",
            defaultValue = "${env:NODE_NAME:-}",
            description = "Name of this host in the cluster (default: $$NODE_NAME, or its host name).")
    private @Nullable String nodeName;

    @Option(
            names = "--address",
            paramLabel = "<host>:<port>",
            defaultValue = "0.0.0.0:9812",
            description = "Where the controller reaches it, by mutual TLS (default: ${DEFAULT-VALUE}).")
    private String address = "";

    @Option(
            names = "--agent-socket",
            paramLabel = "unix://<file>",
            defaultValue = "unix:///run/drover/agent.sock",
            description = "Where it reaches the agent of this host (default: ${DEFAULT-VALUE}).")
    private String agentSocket = "";

    @Option(
            names = "--state-dir",
            paramLabel = "<folder>",
            defaultValue = "/var/lib/drover/mover",
            description = "What it remembers (default: ${DEFAULT-VALUE}).")
    private Path state = Path.of("/var/lib/drover/mover");

    @Option(
            names = "--tls-dir",
            paramLabel = "<folder>",
            defaultValue = "/etc/drover/tls",
            description = "tls.crt, tls.key and ca.crt; read again when they are renewed (default: ${DEFAULT-VALUE}).")
    private Path tls = Path.of("/etc/drover/tls");

    @Option(
            names = "--metrics-address",
            paramLabel = "<host>:<port>",
            defaultValue = "127.0.0.1:9814",
            description = "Serves /metrics, /healthz and /readyz; empty = off (default: ${DEFAULT-VALUE}).")
    private String metrics = "";

    @Option(
            names = "--transfers",
            paramLabel = "<number>",
            defaultValue = "2",
            description =
                    "How many backups and restores run at a time, if the heap has room (default: ${DEFAULT-VALUE}).")
    private int transfers;

    @Mixin
    private LogOptions logging = new LogOptions();

    @Override
    public Integer call() throws InterruptedException {
        Arguments arguments = new Arguments();
        if (transfers < 1) {
            arguments.problem("--transfers " + transfers + " is not possible; give 1 or more");
        }
        MoverConfiguration configuration = new MoverConfiguration(
                arguments.node("--node-name", NodeCommand.nodeName(nodeName)),
                arguments.listen("--address", address),
                arguments.socket("--agent-socket", agentSocket),
                state.toAbsolutePath().normalize(),
                tls,
                NodeCommand.metrics(arguments, metrics),
                transfers);
        arguments.check();
        logging.start();
        return ServerProcess.run(MoverProcess.start(configuration, ServerProcess.faults()));
    }
}
