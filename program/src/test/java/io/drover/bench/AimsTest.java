package io.drover.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AimsTest {
    private final Aims aims = new Aims();

    @Test
    void whatLiesOnTheAimHasReachedIt() {
        aims.atLeast("speed", 1.8, 1.8);
        aims.atLeast("speed", 1.8, 1.79);
        aims.atMost("memory", 256, 256);
        aims.atMost("memory", 256, 256.1);

        assertThat(aims.table().rows())
                .extracting(row -> row.get("verdict"))
                .containsExactly("reached", "missed", "reached", "missed");
    }

    @Test
    void whatCouldNotBeMeasuredHasReachedNothing() {
        aims.atLeast("speed", 1.8, Double.NaN);
        aims.atMost("memory", 256, Double.NaN);

        assertThat(aims.table().rows()).extracting(row -> row.get("verdict")).containsOnly("missed");
    }
}
