package io.drover.core.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestNameTest {
    @ParameterizedTest
    @CsvSource({
        "a, a, 0",
        "'', abc, 3",
        "kitten, sitting, 3",
        "fsType, FSTYPE, 0",
        "retian, retain, 2",
    })
    void theDistanceCountsLetters(String one, String other, int distance) {
        assertThat(NearestName.distance(one, other)).isEqualTo(distance);
        assertThat(NearestName.distance(other, one)).isEqualTo(distance);
    }

    @Test
    void theNearestIsNamed() {
        assertThat(NearestName.hint("fsTyp", List.of("type", "fsType", "size")))
                .isEqualTo("; did you mean \"fsType\"?");
    }

    @Test
    void withoutANearOneAllAreNamed() {
        assertThat(NearestName.hint("colour", List.of("type", "fsType"))).isEqualTo("; known are fsType, type");
    }

    @Test
    void aHugeNameCostsLittle() {
        assertThat(NearestName.hint("x".repeat(10_000_000), List.of("fsType"))).startsWith("; known are");
    }

    @Test
    void whatIsShownIsShortAndPrintable() {
        assertThat(NearestName.shown("a\nb\u001b[31m")).isEqualTo("a?b?[31m");
        assertThat(NearestName.shown("x".repeat(1000))).hasSize(67).endsWith("...");
    }
}
