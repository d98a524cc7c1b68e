package io.drover.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.drover.core.error.StorageException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class FioTest {
    @Test
    void readsWhatFioMeasured() throws IOException {
        FioResult result = FioResult.parse(recorded());

        assertThat(result.operationsPerSecond()).isCloseTo(67484.5, within(0.1));
        assertThat(result.bytesPerSecond()).isEqualTo(276416575);
        assertThat(result.medianMicros()).isCloseTo(224.256, within(0.001));
        assertThat(result.highMicros()).isGreaterThan(result.medianMicros());
    }

    @Test
    void notesBeforeTheJsonAreSkipped() throws IOException {
        assertThat(FioResult.parse("fio: clock source changed\n" + recorded())).isEqualTo(FioResult.parse(recorded()));
    }

    @Test
    void aFailedJobIsAFailure() {
        assertThatThrownBy(() -> FioResult.parse("{\"jobs\": [{\"error\": 5}]}"))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("error 5");
        assertThatThrownBy(() -> FioResult.parse("{}")).hasMessageContaining("no job");
        assertThatThrownBy(() -> FioResult.parse("fio: no such file")).isInstanceOf(StorageException.class);
    }

    @Test
    void profilesBecomeArguments() {
        assertThat(Fio.measureArguments(Path.of("/dev/x"), IoProfile.RANDOM_WRITE_16, 1 << 20, Duration.ofMillis(1500)))
                .contains(
                        "--filename=/dev/x",
                        "--rw=randwrite",
                        "--bs=4k",
                        "--iodepth=16",
                        "--direct=1",
                        "--size=1048576",
                        "--runtime=1500ms");
    }

    @Test
    void scatteredExtentsHaveHolesBetween() {
        assertThat(Fio.scatterArguments(Path.of("/dev/x"), 1000))
                .contains("--rw=write:4k", "--number_ios=1000", "--size=8192000");
    }

    private static String recorded() throws IOException {
        try (InputStream in = Objects.requireNonNull(FioTest.class.getResourceAsStream("fio-randread.json"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
