package io.drover.cluster;

import io.drover.core.rpc.RpcChannel;
import io.drover.standalone.Floors;
import io.drover.standalone.SchedulerFloor;
import io.drover.standalone.ServerProcess;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code drover scheduler}. */
@Command(
        name = "scheduler",
        description = {
            "Runs the recurring jobs of a cluster, beside the controller: when they are due, how many results stay.",
            "Knows only the controller's operations socket, and waits while nobody answers there. In drover standalone it is part of the process."
        },
        footer = {
            "",
            "Examples:",
            "  drover scheduler --server unix:///run/drover/drover.sock",
            "  drover scheduler --time-zone Europe/Berlin --jitter 5m",
        })
public final class SchedulerCommand implements Callable<Integer> {
    private static final Logger log = LoggerFactory.getLogger(SchedulerCommand.class);
    private static final Duration DEADLINE = Duration.ofMinutes(5);

    @Option(
            names = "--server",
            paramLabel = "unix://<file>",
            defaultValue = "unix:///run/drover/drover.sock",
            description = "The controller's operations socket (default: ${DEFAULT-VALUE}).")
    private String server = "";

    @Option(
            names = "--time-zone",
            paramLabel = "<zone>",
            defaultValue = "UTC",
            description = "Of jobs that name none (default: ${DEFAULT-VALUE}).")
    private String timeZone = "UTC";

    @Option(
            names = "--jitter",
            paramLabel = "<time>",
            defaultValue = "0s",
            description = "By up to which runs are delayed, each by another part: 30s, 5m (default: none).")
    private String jitter = "0s";

    @Option(
            names = "--metrics-address",
            paramLabel = "<host>:<port>",
            defaultValue = "127.0.0.1:9815",
            description = "Serves /metrics, /healthz and /readyz; empty = off (default: ${DEFAULT-VALUE}).")
    private String metricsAddress = "";

    @Mixin
    private LogOptions logging = new LogOptions();

    @Override
    public Integer call() throws InterruptedException {
        Arguments arguments = new Arguments();
        Path socket = arguments.socket("--server", server);
        SchedulerFloor.Options options = SchedulerFloor.Options.read(timeZone, "--jitter", jitter, arguments::problem);
        Optional<InetSocketAddress> address = arguments.metrics(metricsAddress);
        arguments.check();
        logging.start();
        return ServerProcess.run(start(socket, options, address));
    }

    private static Floors start(Path socket, SchedulerFloor.Options options, Optional<InetSocketAddress> address) {
        Floors floors = new Floors();
        try {
            Figures figures = floors.add(Figures.open(address));
            RpcChannel channel = floors.add(RpcChannel.toUnixSocket(
                    socket, DEADLINE, "it is served by the controller that leads, or by drover standalone"));
            SchedulerFloor scheduler = floors.add(SchedulerFloor.start(channel.channel(), options, Clock.systemUTC()));
            figures.registry().gauge("drover.scheduler.runs", scheduler.scheduler(), one -> one.activeRuns());
            figures.ready();
            log.atInfo()
                    .addKeyValue("server", socket)
                    .addKeyValue("timeZone", options.zone())
                    .addKeyValue("jitter", options.jitter())
                    .log("drover scheduler is ready");
            return floors;
        } catch (RuntimeException e) {
            floors.close();
            throw e;
        }
    }
}
