package io.drover.cluster;

import io.drover.standalone.ServerProcess;
import java.nio.file.Path;
import java.util.concurrent.Callable;
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
            names = "--address",
            paramLabel = "<host>:<port>",
            defaultValue = "0.0.0.0:9812",
            description = "Where the controller reaches it, by mutual TLS (default: ${DEFAULT-VALUE}).")
    private String address = "";

    @Option(
            names = "--state-dir",
            paramLabel = "<folder>",
            defaultValue = "/var/lib/drover/mover",
            description = "What it remembers (default: ${DEFAULT-VALUE}).")
    private Path state = Path.of("/var/lib/drover/mover");

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
    private HostOptions host = new HostOptions();

    @Mixin
    private TlsOption tls = new TlsOption();

    @Mixin
    private LogOptions logging = new LogOptions();

    @Override
    public Integer call() throws InterruptedException {
        Arguments arguments = new Arguments();
        if (transfers < 1) {
            arguments.problem("--transfers " + transfers + " is not possible; give 1 or more");
        }
        MoverConfiguration configuration = new MoverConfiguration(
                host.node(arguments),
                arguments.listen("--address", address),
                host.agentSocket(arguments),
                state.toAbsolutePath().normalize(),
                tls.folder(),
                arguments.metrics(metrics),
                transfers);
        arguments.check();
        logging.start();
        return ServerProcess.run(MoverProcess.start(configuration, ServerProcess.faults()));
    }
}
