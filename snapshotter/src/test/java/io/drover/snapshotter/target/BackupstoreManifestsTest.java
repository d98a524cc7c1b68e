package io.drover.snapshotter.target;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code deploy/backupstores} holds fits together, and to what Drover reads. */
class BackupstoreManifestsTest {
    private static final Path FOLDER = Path.of("../deploy/backupstores");
    private static final Pattern TARGET = Pattern.compile("#\\s+target:\\s+(\\S+)");

    @Test
    void theSecretIsReadWithoutAWarning() throws IOException {
        TargetCredentials credentials = TargetCredentials.of(secret());

        assertThat(credentials.warnings()).isEmpty();
        assertThat(credentials.accessKey()).isPresent();
        assertThat(credentials.usesPathStyle()).isTrue();
    }

    @Test
    void theEndpointIsTheService() throws IOException {
        JsonNode service = one(documents("minio"), "Service");
        String host = service.at("/metadata/name").asText() + "."
                + service.at("/metadata/namespace").asText() + ":"
                + service.at("/spec/ports/0/port").asText();

        assertThat(secret()).containsEntry("AWS_ENDPOINTS", "http://" + host);
        assertThat(one(documents("minio"), "Job").toString()).contains("http://" + host + " ");
    }

    @Test
    void theJobMakesTheBucketOfTheUrl() throws IOException {
        TargetAddress.S3 address = (TargetAddress.S3) TargetAddress.parse(url("minio"));

        assertThat(one(documents("minio"), "Job").toString()).contains("store/" + address.bucket() + "\"");
    }

    @Test
    void everyReferenceToASecretExists() throws IOException {
        JsonNode secret = one(documents("minio"), "Secret");
        List<String> names = new ArrayList<>();
        for (JsonNode document : documents("minio")) {
            document.findValues("secretKeyRef").forEach(reference -> {
                names.add(reference.path("name").asText());
                assertThat(secret.path("data").has(reference.path("key").asText()))
                        .isTrue();
            });
            document.findValues("secretRef")
                    .forEach(reference -> names.add(reference.path("name").asText()));
        }
        assertThat(names).hasSize(3).containsOnly(secret.at("/metadata/name").asText());
    }

    @Test
    void theExportIsTheService() throws IOException {
        TargetAddress.Nfs address = (TargetAddress.Nfs) TargetAddress.parse(url("nfs"));
        JsonNode service = one(documents("nfs"), "Service");

        assertThat(address.host())
                .isEqualTo(service.at("/metadata/name").asText() + "."
                        + service.at("/metadata/namespace").asText());
    }

    @ParameterizedTest
    @ValueSource(strings = {"minio", "nfs"})
    void servicesFindTheirPodsAndPorts(String store) throws IOException {
        JsonNode deployment = one(documents(store), "Deployment");
        JsonNode service = one(documents(store), "Service");
        JsonNode labels = deployment.at("/spec/template/metadata/labels");

        assertThat(deployment.at("/spec/selector/matchLabels")).isEqualTo(labels);
        assertThat(service.at("/spec/selector")).isEqualTo(labels);
        JsonNode container = deployment.at("/spec/template/spec/containers/0");
        assertThat(container.at("/ports/0/name").asText())
                .isEqualTo(service.at("/spec/ports/0/targetPort").asText());
        assertThat(container.at("/ports/0/containerPort")).isEqualTo(service.at("/spec/ports/0/port"));
        assertThat(container.at("/volumeMounts/0/name")).isEqualTo(deployment.at("/spec/template/spec/volumes/0/name"));
        assertThat(container.path("image").asText())
                .matches("[a-z0-9./-]+:[A-Za-z0-9.-]+")
                .doesNotEndWith(":latest");
    }

    @ParameterizedTest
    @ValueSource(strings = {"minio", "nfs"})
    void everyDocumentHasKindNameAndNamespace(String store) throws IOException {
        for (JsonNode document : documents(store)) {
            String version = switch (document.path("kind").asText()) {
                case "Secret", "Service" -> "v1";
                case "Deployment" -> "apps/v1";
                case "Job" -> "batch/v1";
                default -> "none";
            };
            assertThat(document.path("apiVersion").asText()).isEqualTo(version);
            assertThat(document.at("/metadata/name").asText()).matches("[a-z0-9-]+");
            assertThat(document.at("/metadata/namespace").asText()).isEqualTo("default");
        }
    }

    @Test
    void theCommandsOfTheDocumentationAreForThem() throws IOException {
        String text = Files.readString(Path.of("../docs/operations.md"));
        String secret = one(documents("minio"), "Secret").at("/metadata/name").asText();

        assertThat(text)
                .contains("kubectl apply -f deploy/backupstores/minio-backupstore.yaml ")
                .contains("kubectl get secret " + secret + " -o yaml | drover target add default " + url("minio")
                        + " --credentials -")
                .contains("kubectl apply -f deploy/backupstores/nfs-backupstore.yaml ")
                .contains("drover target add nas " + url("nfs") + "\n");
    }

    private static Map<String, String> secret() throws IOException {
        Map<String, String> values = new TreeMap<>();
        one(documents("minio"), "Secret")
                .path("data")
                .properties()
                .forEach(entry -> values.put(
                        entry.getKey(),
                        new String(Base64.getDecoder().decode(entry.getValue().asText()), StandardCharsets.UTF_8)));
        return values;
    }

    private static String url(String store) throws IOException {
        Matcher line = TARGET.matcher(Files.readString(FOLDER.resolve(store + "-backupstore.yaml")));
        assertThat(line.find()).isTrue();
        return line.group(1);
    }

    private static List<JsonNode> documents(String store) throws IOException {
        try (var documents = new ObjectMapper(new YAMLFactory())
                .readerFor(JsonNode.class)
                .<JsonNode>readValues(
                        FOLDER.resolve(store + "-backupstore.yaml").toFile())) {
            return documents.readAll();
        }
    }

    private static JsonNode one(List<JsonNode> documents, String kind) {
        List<JsonNode> found = documents.stream()
                .filter(document -> document.path("kind").asText().equals(kind))
                .toList();
        assertThat(found).hasSize(1);
        return found.getFirst();
    }
}
