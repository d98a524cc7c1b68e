package io.drover.cluster;

import io.drover.core.fault.FaultPoints;
import io.drover.standalone.HostName;
import io.drover.standalone.ServerProcess;
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
            "Of several, one leads; the others stand by; on their sockets they say so until they lead."
        },
        footer = {
            "",
            "Examples:",
            "  # in a pod of the chart",
            "  drover controller --namespace drover-system",
            "  # hosts without Kubernetes; each runs `drover node` and `drover mover`",
            "  drover controller --store file:///var/lib/drover-controller --tls-dir /etc/drover/tls \\",
            "    --host worker-1=10.0.0.7 --host worker-2=10.0.0.8:9811:9812",
        })
public final class ControllerCommand implements Callable<Integer> {
    @Option(
            names = "--identity",
            paramLabel = "<name>",
            defaultValue = "${env:POD_NAME:-}",
            description = "Tells this controller from the others (default: $$POD_NAME, or the host name).")
    private @Nullable String identity;

    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

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
        FaultPoints faults = ServerProcess.faults();
        Candidate candidate = cluster.read(arguments, configuration.identity(), faults);
        arguments.check();
        logging.start();
        return ServerProcess.run(ControllerProcess.start(configuration, candidate, faults));
    }
}
