package io.drover.standalone;

import io.drover.core.fault.FaultPoints;
import io.drover.core.model.NodeId;
import io.drover.logging.LogFormat;
import io.drover.logging.Logging;
import io.drover.node.disk.DiskConfiguration;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A standalone Drover in a temporary folder, twice for a moment, so that the second start finds records of the first. Its one disk is a
 * folder that it has to refuse: nothing else on the host is touched.
 */
public final class Rehearsal {
    private Rehearsal() {}

    /** Runs it, and the action with its data folder while it serves. */
    public static void run(Consumer<Path> action) throws IOException {
        Path folder = Files.createTempDirectory("drover-rehearsal");
        try {
            Logging.start(LogFormat.text, false);
            Path disk = Files.createDirectory(folder.resolve("disk"));
            Files.createFile(disk.resolve("of-somebody-else"));
            StandaloneConfiguration configuration = new StandaloneConfiguration(
                    folder.resolve("data"),
                    folder.resolve("csi.sock"),
                    new NodeId("rehearsal"),
                    List.of(DiskConfiguration.at(disk)),
                    0,
                    SchedulerFloor.Options.DEFAULT);
            for (int i = 0; i < 2; i++) {
                try (Standalone _ = Standalone.start(configuration, FaultPoints.NONE)) {
                    action.accept(configuration.dataDirectory());
                }
            }
            scrape();
        } finally {
            try (Stream<Path> files = Files.walk(folder)) {
                files.sorted(Comparator.reverseOrder())
                        .forEach(file -> file.toFile().delete());
            }
        }
    }

    /** The figures are served over HTTP only if they are asked for; here on any free port. */
    private static void scrape() throws IOException {
        PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        new JvmMemoryMetrics().bindTo(metrics);
        new UptimeMetrics().bindTo(metrics);
        try (MetricsServer server = MetricsServer.start(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                        metrics::scrape,
                        () -> true,
                        () -> true);
                InputStream answer = URI.create(server.address()).toURL().openStream()) {
            answer.readAllBytes();
        }
    }
}
