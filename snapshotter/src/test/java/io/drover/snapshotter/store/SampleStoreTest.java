package io.drover.snapshotter.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.drover.core.fault.FaultPoints;
import io.drover.snapshotter.format.BackupConfiguration;
import io.drover.snapshotter.format.StorePaths;
import io.drover.snapshotter.format.VolumeConfiguration;
import io.drover.snapshotter.target.DirectoryTarget;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A store that Longhorn's own library wrote, where there is one: {@code DROVER_BACKUPSTORE_SAMPLE}, or beside the repository. Its
 * {@code expected.jsonl} says what each backup restores to.
 */
class SampleStoreTest {
    @SuppressWarnings("NullAway.Init")
    private Path sample;

    @SuppressWarnings("NullAway.Init")
    private StoreFixture fixture;

    @BeforeEach
    void find() {
        Optional<Path> found = Stream.of(
                        System.getProperty("drover.backupstore-sample"),
                        System.getenv("DROVER_BACKUPSTORE_SAMPLE"),
                        "../../shared/backupstore-sample")
                .flatMap(Stream::ofNullable)
                .map(Path::of)
                .filter(path -> Files.isRegularFile(path.resolve("expected.jsonl")))
                .findFirst();
        assumeTrue(found.isPresent(), "no store of Longhorn's here: set DROVER_BACKUPSTORE_SAMPLE to one");
        sample = found.orElseThrow();
        fixture = new StoreFixture(DirectoryTarget.open(sample, "file://sample", Clock.systemUTC()), FaultPoints.NONE);
    }

    @Test
    void everyBackupIsRestored() throws IOException, NoSuchAlgorithmException {
        List<String> lines = Files.readAllLines(sample.resolve("expected.jsonl"));
        assertThat(lines).isNotEmpty();
        for (String line : lines) {
            JsonNode expected = JsonMapper.builder().build().readTree(line);
            String volume = expected.path("volume").asText();
            String backup = expected.path("backup").asText();
            byte[] image = fixture.restore(volume, backup);
            assertThat(image).as(line).hasSize(expected.path("restoredSize").asInt());
            assertThat(HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(image)))
                    .as(line)
                    .isEqualTo(expected.path("restoredSha256").asText());
        }
    }

    @Test
    void configurationsAreWrittenAsTheyWere() throws IOException {
        int files = 0;
        for (StoredVolume volume : fixture.store.volumes()) {
            String volumeText = text(StorePaths.volumeConfiguration(volume.name()));
            assertThat(new String(
                            VolumeConfiguration.parse("x", bytes(volumeText)).bytes(), StandardCharsets.UTF_8))
                    .isEqualTo(volumeText);
            for (String backup : fixture.store.backupNames(volume.name())) {
                String text = text(StorePaths.backupConfiguration(volume.name(), backup));
                assertThat(new String(
                                BackupConfiguration.parse(volume.name(), backup, bytes(text))
                                        .bytes(),
                                StandardCharsets.UTF_8))
                        .isEqualTo(text.replace("\"ProcessingBlocks\":{}", "\"ProcessingBlocks\":null"));
                files++;
            }
        }
        assertThat(files).isPositive();
    }

    private String text(String path) throws IOException {
        return Files.readString(sample.resolve(path));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
