package io.drover.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.junit.jupiter.api.Test;

class PartSpeedsTest {
    private final PartSpeeds parts = new PartSpeeds(Map.of("read", 600.0, "hash", 300.0));

    @Test
    void oneAfterTheOtherTheirTimesAddUp() {
        assertThat(parts.oneAfterTheOther()).isCloseTo(200, within(0.001));
    }

    @Test
    void theSlowestIsTheLeast() {
        assertThat(parts.slowest()).isEqualTo(300);
    }
}
