package io.drover.cluster;

import io.drover.core.error.StorageException;
import io.drover.core.time.Pause;
import io.drover.standalone.HostName;
import io.drover.standalone.ServerProcess;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code drover controller}. */
@Command(
        name = "controller",
        description = {
            "Runs the controller of a cluster: CSI for the sidecars, records, placement, backups. Ended by SIGTERM or Ctrl-C.",
            "Of several, one leads; the others stand by and open no socket until they lead."
        },
        footer = {
            "",
            "Examples:",
            "  # hosts without Kubernetes; each runs `drover node` and `drover mover`",
            "  drover controller --store file:///var/lib/drover-controller --tls-dir /etc/drover/tls \\",
            "    --host worker-1=10.0.0.7 --host worker-2=10.0.0.8:9811:9812",
        })
public final class ControllerCommand implements Callable<Integer> {
    private static final String FILE = "file://";

    @Option(
            names = "--identity",
            paramLabel = "<name>",
            defaultValue = "${env:POD_NAME:-}",
            description = "Tells this controller from the others (default: $$POD_NAME, or the host name).")
    private @Nullable String identity;

    @Option(
            names = "--store",
            paramLabel = "file://<folder>",
            defaultValue = "",
            description =
                    "Keeps the records in a folder, for hosts without Kubernetes; whoever locks it leads. Needs --host.")
    private String store = "";

    @Option(
            names = "--host",
            paramLabel = "<name>=<address>[:<agent port>:<mover port>]",
            description = "With --store: a host; may be given several times.")
    private List<String> hosts = new ArrayList<>();

    @Option(
            names = "--leader-election",
            paramLabel = "true|false",
            arity = "1",
            defaultValue = "true",
            description = "Stand by while another controller leads, instead of ending (default: ${DEFAULT-VALUE}).")
    private boolean leaderElection;

    @Option(
            names = "--operations-endpoint",
            paramLabel = "unix://<file>",
            defaultValue = "unix:///run/drover/drover.sock",
            description = "Socket of the command line and the scheduler (default: ${DEFAULT-VALUE}).")
    private String operations = "";

    @Option(
            names = "--metrics-address",
            paramLabel = "<host>:<port>",
            defaultValue = "0.0.0.0:9810",
            description = "Serves /metrics, /healthz and /readyz; empty = off (default: ${DEFAULT-VALUE}).")
    private String metrics = "";

    @Mixin
    private CsiOptions csi = new CsiOptions();

    @Mixin
    private TlsOption tls = new TlsOption();

    @Mixin
    private LogOptions logging = new LogOptions();

    @Override
    public Integer call() throws InterruptedException {
        Arguments arguments = new Arguments();
        ControllerConfiguration configuration = new ControllerConfiguration(
                identity == null || identity.isEmpty() ? HostName.ofThisHost() : identity,
                csi.driver(),
                csi.socket(arguments),
                arguments.socket("--operations-endpoint", operations),
                tls.folder(),
                arguments.metrics(metrics));
        Path folder = folder(arguments);
        List<HostAddress> addresses = hosts(arguments);
        arguments.check();
        logging.start();
        return ServerProcess.run(ControllerProcess.start(
                configuration,
                () -> DirectoryCluster.open(folder, addresses, leaderElection, Pause.SLEEP),
                ServerProcess.faults()));
    }

    private Path folder(Arguments arguments) {
        if (!store.startsWith(FILE + "/")) {
            arguments.problem(
                    "--store \"" + store + "\" is no place for records; write file:///var/lib/drover-controller");
            return Path.of("/");
        }
        return Path.of(store.substring(FILE.length())).normalize();
    }

    private List<HostAddress> hosts(Arguments arguments) {
        List<HostAddress> read = new ArrayList<>();
        for (String host : hosts) {
            try {
                HostAddress address = HostAddress.parse(host);
                if (read.stream().anyMatch(other -> other.node().equals(address.node()))) {
                    arguments.problem("--host " + address.node() + " is given twice");
                }
                read.add(address);
            } catch (StorageException e) {
                arguments.problem("--host: " + e.getMessage());
            }
        }
        if (read.isEmpty() && hosts.isEmpty()) {
            arguments.problem("--host is missing: with --store, name each host, as in --host worker-1=10.0.0.7");
        }
        return read;
    }
}
