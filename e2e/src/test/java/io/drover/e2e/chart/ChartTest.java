package io.drover.e2e.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drover.core.model.SettingsRecord;
import io.drover.core.parameters.SettingsReader;
import io.drover.e2e.fixture.HostCommand;
import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ChartTest {
    private static final Set<String> OF_THE_CLUSTER = Set.of(
            "ClusterRole",
            "ClusterRoleBinding",
            "CSIDriver",
            "StorageClass",
            "VolumeSnapshotClass",
            "VolumeGroupSnapshotClass",
            "SnapshotMetadataService");

    private final Chart chart = new Chart();

    /** Renderings that many cases are compared with. */
    private final Map<String, String> plain = new TreeMap<>();

    static Stream<ValueCase> cases() {
        return ValueCase.all().stream();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void aValueIsRendered(ValueCase one) {
        String without = plain.computeIfAbsent(one.needs(), needs -> rendered(needs));

        String with = rendered(one.needs(), one.document());

        assertThat(without).as("without the value").doesNotContain(one.expected());
        assertThat(with).as("with the value").contains(one.expected());
    }

    @Test
    void everyValueHasACase() {
        // The lifetimes are no text of a rendering: aCertificateLastsAsLongAsTheValuesSay; the renewal needs a cluster:
        // e2e/chart.
        List<String> cases = Stream.concat(cases().map(ValueCase::path), Stream.of("tls.generated"))
                .toList();
        List<String> without = leaves(chart.values(), "").stream()
                .filter(leaf -> cases.stream().noneMatch(path -> leaf.equals(path) || leaf.startsWith(path + ".")))
                .toList();

        assertThat(without).as("values without a line in every-value.txt").isEmpty();
    }

    @Test
    void theSchemaKnowsEveryValueAndNoOther() {
        Set<String> declared = new TreeSet<>();
        declared(chart.schema(), "", declared);
        declared.removeIf(path -> path.equals("global"));
        Set<String> known = new TreeSet<>();
        paths(chart.values(), "", known);

        // What lies below an object that the schema leaves free, such as resources, is not the schema's.
        known.removeIf(path -> !declared.contains(path) && isBelowFreeObject(path, declared));

        assertThat(known).isEqualTo(declared);
    }

    @Test
    void theSchemaKnowsTheSettingsOfTheProgram() {
        List<String> names = SettingsReader.list(new SettingsRecord(Map.of())).stream()
                .map(SettingsReader.Setting::name)
                .toList();
        List<String> declared = new ArrayList<>();
        chart.schema()
                .at("/properties/settings/properties/values/propertyNames/enum")
                .forEach(name -> declared.add(name.asText()));

        assertThat(declared).isEqualTo(names);
    }

    @Test
    void itIsFreeOfLint() {
        HostCommand.Result result = chart.lint();

        assertThat(result.exit()).as(result.output()).isZero();
    }

    @Test
    void everyObjectIsWellFormed() {
        Set<String> seen = new HashSet<>();
        String everything = """
            snapshots: {groups: {enabled: true}}
            snapshotMetadata: {enabled: true}
            networkPolicy: {enabled: true}
            metrics: {serviceMonitor: {enabled: true}, prometheusRule: {enabled: true}, grafanaDashboard: {enabled: true}}
            settings: {backupTarget: "s3://b@r/", backupTargetCredentials: {AWS_ACCESS_KEY_ID: a}, values: {backup-cores: "2"}}
            recurringJobs: [{name: nightly, task: backup, cron: "@daily", groups: [default]}]
            """;

        List<ObjectNode> objects = chart.objects(ok(chart.template(everything)));

        assertThat(objects).hasSizeGreaterThan(25);
        for (JsonNode object : objects) {
            String kind = object.path("kind").asText();
            String name = object.at("/metadata/name").asText();
            assertThat(object.path("apiVersion").asText()).as(kind).isNotEmpty();
            assertThat(name).as(kind).isNotEmpty();
            assertThat(seen.add(object.path("apiVersion").asText() + kind + name))
                    .as("%s %s is there once", kind, name)
                    .isTrue();
            assertThat(object.at("/metadata/namespace").asText())
                    .as("%s %s", kind, name)
                    .isEqualTo(OF_THE_CLUSTER.contains(kind) ? "" : "drover-system");
            assertThat(object.at("/metadata/labels/app.kubernetes.io~1name").asText())
                    .as("%s %s", kind, name)
                    .isEqualTo("drover");
            assertThat(object.toString()).doesNotContain("<no value>").doesNotContain("<nil>");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nodes: {}                                                                              | nodes",
                "controller: {replicas: 0}                                                              | replicas",
                "controller: {replica: 1}                                                               | replica",
                "logFormat: xml                                                                         | logFormat",
                "node: {disks: [{path: mnt}]}                                                           | path",
                "node: {disks: [{tags: [a]}]}                                                           | path",
                "node: {disks: [{path: /mnt, engine: ext4}]}                                            | engine",
                "storageClass: {reclaimPolicy: Keep}                                                    |"
                        + " reclaimPolicy",
                "extraStorageClasses: [{parameters: {}}]                                                | name",
                "settings: {values: {backup-core: '2'}}                                                 | backup-core",
                "settings: {backupTarget: 'ftp://x'}                                                    | backupTarget",
                "settings: {backupTargetSecret: keys}                                                   |"
                        + " settings.backupTarget",
                "settings: {backupTarget: 's3://b@r/', backupTargetSecret: s, backupTargetCredentials: {A: b}} | set"
                        + " one of them",
                "settings: {backupTargetCredentials: {A: b}}                                            |"
                        + " settings.backupTarget",
                "recurringJobs: [{name: Nightly, task: backup, cron: '@daily'}]                         | name",
                "recurringJobs: [{name: nightly, task: copy, cron: '@daily'}]                           | task",
                "recurringJobs: [{name: nightly, task: backup, cron: '@dayly'}]                         | cron",
                "tls: {source: existing, existing: {controllerSecret: ''}}                              |"
                        + " controllerSecret",
                "{snapshotMetadata: {enabled: true}, tls: {source: existing}}                           |"
                        + " snapshotMetadataCaBundle",
                "image: {digest: 'sha256:1'}                                                            | digest",
            })
    void aMistakeIsRefusedByItsName(String values, String named) {
        HostCommand.Result result = chart.template(values);

        assertThat(result.exit()).as(result.output()).isNotZero();
        assertThat(result.output()).contains(named);
    }

    @Test
    void aCertificateLastsAsLongAsTheValuesSay() throws CertificateException {
        List<ObjectNode> objects = chart.objects(ok(chart.template("tls: {generated: {caDays: 40, days: 20}}")));

        assertThat(daysOf(objects, "drover-ca")).isBetween(39L, 40L);
        assertThat(daysOf(objects, "drover-node-tls")).isBetween(19L, 20L);
    }

    private static long daysOf(List<ObjectNode> objects, String secret) throws CertificateException {
        String pem = objects.stream()
                .filter(object -> object.path("kind").asText().equals("Secret"))
                .filter(object -> object.at("/metadata/name").asText().equals(secret))
                .map(object -> object.at("/data/tls.crt").asText())
                .findFirst()
                .orElseThrow();
        X509Certificate certificate = (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(
                        new ByteArrayInputStream(Base64.getDecoder().decode(pem)));
        return Duration.between(
                        Instant.now(), certificate.getNotAfter().toInstant().plusSeconds(60))
                .toDays();
    }

    private String rendered(String... values) {
        return ok(chart.template(
                        Stream.of(values).filter(text -> !text.isEmpty()).toArray(String[]::new)))
                .replaceAll("\\s+", " ");
    }

    private static String ok(HostCommand.Result result) {
        assertThat(result.exit()).as(result.output()).isZero();
        return result.output();
    }

    /** Values that are no object with fields. */
    private static List<String> leaves(JsonNode node, String path) {
        if (!node.isObject() || node.isEmpty()) {
            return List.of(path);
        }
        return node.properties().stream()
                .flatMap(field -> leaves(field.getValue(), join(path, field.getKey())).stream())
                .toList();
    }

    private static void paths(JsonNode node, String path, Set<String> into) {
        if (node.isObject()) {
            node.properties().forEach(field -> {
                into.add(join(path, field.getKey()));
                paths(field.getValue(), join(path, field.getKey()), into);
            });
        }
    }

    private static void declared(JsonNode schema, String path, Set<String> into) {
        schema.path("properties").properties().forEach(field -> {
            into.add(join(path, field.getKey()));
            declared(field.getValue(), join(path, field.getKey()), into);
        });
    }

    private static boolean isBelowFreeObject(String path, Set<String> declared) {
        String parent = path.contains(".") ? path.substring(0, path.lastIndexOf('.')) : "";
        if (parent.isEmpty()) {
            return false;
        }
        return declared.contains(parent)
                ? declared.stream().noneMatch(other -> other.startsWith(parent + "."))
                : isBelowFreeObject(parent, declared);
    }

    private static String join(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }
}
