package io.drover.e2e.chart;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.drover.e2e.fixture.Host;
import io.drover.e2e.fixture.HostCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The chart, rendered by helm. */
final class Chart {
    static final Path FOLDER = Host.sources().resolve("charts/drover");

    /** What the chart asks the cluster for, so that it renders as for one that has all of it. */
    private static final List<String> APIS = List.of(
            "snapshot.storage.k8s.io/v1/VolumeSnapshotClass",
            "monitoring.coreos.com/v1/ServiceMonitor",
            "monitoring.coreos.com/v1/PrometheusRule");

    private final YAMLMapper mapper = new YAMLMapper();
    private final String helm;

    /** With the helm of this machine; without one the test is SKIPPED. */
    Chart() {
        HostCommand.Result found =
                HostCommand.attempt(Host.sources().resolve("e2e/chart/helm").toString(), "--if-there");
        Host.skipUnless(found.exit() == 0, "tests of the chart: " + found.output());
        this.helm = found.output();
    }

    /** Renders it with values, later ones first in rank; each a YAML document. */
    HostCommand.Result template(String... values) {
        List<String> command = new ArrayList<>(List.of(
                helm,
                "template",
                "drover",
                FOLDER.toString(),
                "--namespace",
                "drover-system",
                "--kube-version",
                "1.36.0"));
        APIS.forEach(api -> command.addAll(List.of("--api-versions", api)));
        return with(command, values);
    }

    HostCommand.Result lint(String... values) {
        return with(new ArrayList<>(List.of(helm, "lint", "--strict", FOLDER.toString())), values);
    }

    /** The objects of a rendering. */
    List<ObjectNode> objects(String rendering) {
        try (var documents = mapper.readerFor(JsonNode.class).<JsonNode>readValues(rendering)) {
            List<ObjectNode> objects = new ArrayList<>();
            while (documents.hasNextValue()) {
                if (documents.nextValue() instanceof ObjectNode object) {
                    objects.add(object);
                }
            }
            return objects;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    JsonNode values() {
        return read("values.yaml");
    }

    JsonNode schema() {
        return read("values.schema.json");
    }

    private JsonNode read(String name) {
        try {
            return mapper.readTree(Files.readString(FOLDER.resolve(name)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static HostCommand.Result with(List<String> command, String... values) {
        List<Path> files = new ArrayList<>();
        try {
            for (String text : values) {
                Path file = Files.createTempFile("drover-values-", ".yaml");
                files.add(file);
                Files.writeString(file, text);
                command.addAll(List.of("--values", file.toString()));
            }
            return HostCommand.attempt(command);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            files.forEach(file -> file.toFile().delete());
        }
    }
}
