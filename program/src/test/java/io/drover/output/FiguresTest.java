package io.drover.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FiguresTest {
    @ParameterizedTest
    @CsvSource({"400_000, 0.4 ms", "12_400_000, 12 ms", "1_250_000_000, 1.25 s", "75_000_000_000, 75 s", "0, 0.0 ms"})
    void timesHaveTheUnitThatFits(String nanos, String text) {
        assertThat(Figures.time(Duration.ofNanos(Long.parseLong(nanos.replace("_", "")))))
                .isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"512, 512 B", "1536, 1.5 KiB", "1073741824, 1 GiB", "1099511627776, 1 TiB", "157286400, 150 MiB"})
    void bytesHaveTheUnitThatFits(long bytes, String text) {
        assertThat(Figures.bytes(bytes)).isEqualTo(text);
    }

    @Test
    void aRatioOfNothingIsADash() {
        assertThat(Figures.ratio(Double.NaN)).isEqualTo("-");
        assertThat(Figures.ratio(0.966)).isEqualTo("0.97");
    }

    @Test
    void countsHaveTheirThousandsApart() {
        assertThat(Figures.count(1_000_000)).isEqualTo("1,000,000");
    }
}
