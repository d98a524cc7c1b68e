package io.drover.e2e.chart;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.e2e.fixture.Host;
import io.drover.e2e.fixture.HostCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class PlainManifestsTest {
    private static final Path FILE = Host.sources().resolve("deploy/drover.yaml");
    private static final String HEAD = """
        # Drover without Helm: what the chart renders with its defaults. Made from the chart by PlainManifestsTest, which says how. Do not edit;
        # docs/install.md says how it is used. The definitions lie in charts/drover/crds; the certificates are made by deploy/certificates.
        apiVersion: v1
        kind: Namespace
        metadata:
          name: drover-system
        """;

    private final Chart chart = new Chart();

    /** After a change of the chart: {@code ./mvnw -pl e2e -am test -Dtest=PlainManifestsTest -Ddrover.generate=true}. */
    @Test
    void theFileIsWhatTheChartRenders() throws IOException {
        HostCommand.Result rendered = chart.template("tls: {source: existing}");
        assertThat(rendered.exit()).as(rendered.output()).isZero();
        String generated = HEAD + "---\n" + withoutHelm(rendered.output()) + "\n";
        if (Boolean.getBoolean("drover.generate")) {
            Files.writeString(FILE, generated);
        }

        assertThat(FILE).as("made anew with -Ddrover.generate=true").hasContent(generated.stripTrailing());
    }

    /** Nobody but Helm manages what Helm has rendered; here it is nobody. */
    private static String withoutHelm(String rendering) {
        return rendering
                .lines()
                .filter(line -> !line.strip().startsWith("helm.sh/chart:"))
                .filter(line -> !line.strip().equals("app.kubernetes.io/managed-by: Helm"))
                .filter(line -> !line.startsWith("# Source: "))
                .dropWhile(line -> line.equals("---") || line.isBlank())
                .collect(Collectors.joining("\n"));
    }
}
