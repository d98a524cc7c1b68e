package io.drover.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RatiosTest {
    @Test
    void theRatioIsTheMedianOfThePairs() {
        Ratios ratios = new Ratios();
        ratios.add(100, 90);
        ratios.add(10, 10);
        ratios.add(1000, 100);

        assertThat(ratios.median()).isEqualTo(0.9);
        assertThat(ratios.lowest()).isEqualTo(0.1);
        assertThat(ratios.highest()).isEqualTo(1.0);
        assertThat(ratios.medianBase()).isEqualTo(100);
        assertThat(ratios.medianValue()).isEqualTo(90);
    }

    @Test
    void anEvenNumberHasTheMeanOfTheMiddle() {
        assertThat(Ratios.median(List.of(4.0, 1.0, 3.0, 2.0))).isEqualTo(2.5);
    }

    @Test
    void nothingHasNoMedian() {
        assertThat(new Ratios().median()).isNaN();
        assertThat(new Ratios().lowest()).isNaN();
    }
}
