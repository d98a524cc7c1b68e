package io.drover.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    @Test
    void allThatWasAcknowledgedIsThere() throws Exception {
        Path file = directory.resolve("journal");
        long acknowledged;
        try (JournalWriter writer = JournalWriter.start(file)) {
            assertThat(writer.awaitProgress(20, Duration.ofSeconds(20))).isTrue();
            acknowledged = writer.acknowledged();
            assertThat(writer.failure()).isNull();
            assertThat(writer.longestPause()).isPositive();
        }

        Journal journal = Journal.read(file);

        assertThat(journal.records()).isGreaterThanOrEqualTo(acknowledged);
        assertThat(journal.tornBytes()).isZero();
    }

    @Test
    void aHalfRecordIsTorn() throws IOException {
        Path file = write(3);
        Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 2 * Journal.RECORD + 10));

        assertThat(Journal.read(file)).isEqualTo(new Journal(2, 10));
    }

    @Test
    void aDamagedRecordEndsTheJournal() throws IOException {
        Path file = write(3);
        byte[] bytes = Files.readAllBytes(file);
        bytes[Journal.RECORD + 5] ^= 1;
        Files.write(file, bytes);

        assertThat(Journal.read(file)).isEqualTo(new Journal(1, 2 * Journal.RECORD));
    }

    private Path write(int records) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < records; i++) {
            bytes.write(Journal.encode(i));
        }
        return Files.write(directory.resolve("journal"), bytes.toByteArray());
    }
}
