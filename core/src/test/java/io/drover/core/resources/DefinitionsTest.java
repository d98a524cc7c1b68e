package io.drover.core.resources;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drover.core.model.Resource;
import io.drover.core.model.SettingsRecord;
import io.drover.core.parameters.SettingsReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DefinitionsTest {
    private static final Path FOLDER = Path.of("../charts/drover/crds");
    private static final int OBJECTS = 4000;

    /** What people may write, or what others than the format write, in objects that the format only reads. */
    private static final Set<String> NOT_WRITTEN =
            Set.of(".spec.credentialSecret", ".status.conditions[].observedGeneration");

    private final JsonMapper mapper = JsonMapper.builder().build();
    private final KubernetesFormat format = new KubernetesFormat(Clock.systemUTC());
    private final Map<Kind, Conformity> conformities = new EnumMap<>(Kind.class);

    /** After a change of the records: {@code ./mvnw -pl core -am test -Dtest=DefinitionsTest -Ddrover.generate=true}. */
    @Test
    void theFilesOfTheChartAreWhatTheCodeSays() throws IOException {
        Map<String, String> generated = new TreeMap<>();
        Definitions.all().forEach(definition -> generated.put(definition.fileName(), definition.yaml()));
        if (Boolean.getBoolean("drover.generate")) {
            Files.createDirectories(FOLDER);
            for (Map.Entry<String, String> file : generated.entrySet()) {
                Files.writeString(FOLDER.resolve(file.getKey()), file.getValue());
            }
        }

        assertThat(files()).as("written anew with -Ddrover.generate=true").isEqualTo(generated);
    }

    @Test
    void everyKindHasOneDefinition() {
        assertThat(Definitions.all().stream().map(Definition::kind)).containsExactlyInAnyOrder(Kind.values());
    }

    @Test
    void whatIsWrittenIsAcceptedAndNothingElseIsDeclared() {
        Definitions.all().forEach(each -> conformities.put(each.kind(), new Conformity(each.schema())));
        RandomRecords records = new RandomRecords(20261130);
        List<String> problems = new ArrayList<>();

        for (int i = 0; i < OBJECTS; i++) {
            Resource value = records.any();
            Resource record = value instanceof SettingsRecord ? everySetting() : value;
            problems.addAll(problems(record));
        }

        assertThat(problems).isEmpty();
        conformities.forEach((kind, conformity) -> assertThat(conformity.unused().stream()
                        .filter(path -> !NOT_WRITTEN.contains(path))
                        .filter(path -> !isPartOfAnEmptyStatus(kind, path)))
                .as("fields of %s that nothing writes", kind)
                .isEmpty());
    }

    /** The object as it is created, and with its status as it is shown after that. */
    private List<String> problems(Resource record) {
        Kind kind = Kind.of(record);
        ObjectNode object = (ObjectNode) tree(format.create(record));
        Conformity conformity = Objects.requireNonNull(conformities.get(kind));
        List<String> problems = new ArrayList<>(conformity.problems(object));
        ((ObjectNode) object.get("metadata"))
                .put("resourceVersion", "1")
                .put("uid", "u")
                .put("generation", 1);
        if (format.hasStatus(record)) {
            ObjectRead.Readable read = (ObjectRead.Readable) format.read(kind, object.toString());
            tree(format.writeStatus(read, record)).forEach(operation -> {
                if (operation.path("path").asText().equals("/status")) {
                    object.set("status", operation.get("value"));
                }
            });
            problems.addAll(conformity.problems(object));
        }
        return problems.stream().map(problem -> kind + problem).toList();
    }

    /** Kinds without a state of their own may be given conditions by others. */
    private static boolean isPartOfAnEmptyStatus(Kind kind, String path) {
        boolean stateless =
                Set.of(Kind.SETTINGS, Kind.BACKUP_TARGET, Kind.RECURRING_JOB).contains(kind);
        boolean common = path.startsWith(".status.conditions") || path.equals(".status.summary");
        return path.startsWith(".status") && (stateless || common);
    }

    private static SettingsRecord everySetting() {
        return new SettingsRecord(SettingsReader.list(new SettingsRecord(Map.of())).stream()
                .collect(Collectors.toMap(SettingsReader.Setting::name, SettingsReader.Setting::defaultValue)));
    }

    private JsonNode tree(String json) {
        try {
            return mapper.readTree(json);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, String> files() throws IOException {
        if (!Files.isDirectory(FOLDER)) {
            return Map.of();
        }
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.collect(Collectors.toMap(
                    file -> String.valueOf(file.getFileName()), DefinitionsTest::read, (a, b) -> a, TreeMap::new));
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
