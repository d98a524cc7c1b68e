package io.drover.e2e.kind;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.drover.e2e.fixture.Host;
import io.drover.e2e.fixture.HostCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code e2e/chart/run} in kind. Its output is {@code e2e/target/chart-in-kind.log}. Pulls kind's node image, the chart's sidecars, busybox and
 * MinIO; the snapshot controller comes from its maintainers' repository ({@code e2e/chart/snapshot-controller}).
 */
@Tag("kind")
class ChartInKindIT {
    private static final Path CHART = Host.sources().resolve("e2e/chart");

    @TempDir
    Path folder;

    @Test
    @Timeout(value = 90, unit = TimeUnit.MINUTES)
    void theChartServes() throws IOException, InterruptedException {
        // Given
        Host.skipUnless(
                KindCluster.isPossible(),
                "the chart in kind: there is no Docker here; start it so that `docker info` answers, or set DOCKER_HOST, or use another cluster:"
                        + " see DROVER_CLUSTER in e2e/chart/run");
        Path archive = Optional.ofNullable(System.getenv("DROVER_IMAGE"))
                .map(Path::of)
                .orElseGet(() -> Host.sources().resolve("target/image/drover.tar"));
        Host.skipUnless(
                Files.exists(archive), "the chart in kind: no image at " + archive + "; deploy/image/build makes it");
        Host.needs("bash", "tar");
        HostCommand.Result helm = HostCommand.attempt(CHART.resolve("helm").toString(), "--if-there");
        Host.skipUnless(helm.exit() == 0, "the chart in kind: " + helm.output());
        Path log = Host.sources().resolve("e2e/target/chart-in-kind.log");
        Files.deleteIfExists(log);

        try (KindCluster cluster = KindCluster.start(folder)) {
            cluster.load(archive);
            assertThat(run(cluster, archive, log, "snapshot-controller"))
                    .as(() -> lastWords(log))
                    .isZero();

            // When
            int exit = run(cluster, archive, log, "run");

            // Then
            Optional<String> skipped = lines(log).stream()
                    .filter(line -> line.startsWith("SKIPPED: Helm chart end to end"))
                    .findFirst();
            Host.skipUnless(skipped.isEmpty(), skipped.orElse(""));
            lines(log).stream()
                    .filter(line -> line.startsWith("SKIPPED") || line.matches("\\d+ passed, \\d+ failed"))
                    .forEach(System.out::println);
            assertThat(exit).as(() -> lastWords(log)).isZero();
        }
    }

    /** Runs a script of the chart's against the cluster; its output goes to the end of a file, as it takes long and tells much. */
    private static int run(KindCluster cluster, Path archive, Path log, String script)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(CHART.resolve(script).toString())
                .redirectErrorStream(true)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().put("DROVER_CLUSTER", "kubeconfig");
        builder.environment().put("KUBECONFIG", cluster.kubeconfig().toString());
        builder.environment().put("DROVER_IMAGE_NAME", nameOf(archive));
        // The machine's own may be too old for the cluster; elsewhere than on Linux the node's does not run.
        if (System.getProperty("os.name").equals("Linux")) {
            builder.environment().merge("PATH", cluster.programs().toString(), (path, own) -> own + ":" + path);
        }
        Process process = builder.start();
        try {
            return process.waitFor();
        } finally {
            // After a timeout: the script's own end would wait for a cluster that goes now.
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    /** The name that a docker-archive gives its image. */
    private static String nameOf(Path archive) throws IOException {
        String manifest = HostCommand.run("tar", "-xOf", archive.toString(), "--wildcards", "*manifest.json");
        return new ObjectMapper().readTree(manifest).at("/0/RepoTags/0").asText();
    }

    private static List<String> lines(Path log) {
        try {
            return Files.readAllLines(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String lastWords(Path log) {
        List<String> lines = lines(log);
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 80), lines.size()));
    }
}
