package io.drover.snapshotter.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RetentionTest {
    private static JobResult result(int second, boolean ready, boolean needed) {
        return new JobResult("r" + second, Instant.ofEpochSecond(second), ready, needed, true);
    }

    private static final List<JobResult> FIVE = List.of(
            result(3, true, false),
            result(1, true, false),
            result(5, true, false),
            result(2, true, false),
            result(4, true, false));

    @Test
    void theOldestBeyondTheNewestGoFirst() {
        assertThat(Retention.excess(FIVE, 2, "r5")).containsExactly("r1", "r2", "r3");
        assertThat(Retention.excess(FIVE, 5, "r5")).isEmpty();
    }

    @Test
    void anEmptyListOrOneWithoutTheWitnessDeletesNothing() {
        assertThat(Retention.excess(List.of(), 1, "r5")).isEmpty();
        assertThat(Retention.excess(FIVE, 1, "r6")).isEmpty();
        assertThat(Retention.excess(FIVE, 0, "r5")).isEmpty();
    }

    @Test
    void whatIsNeededOrNotCompleteStays() {
        List<JobResult> results =
                List.of(result(1, true, true), result(2, false, false), result(3, true, false), result(4, true, false));

        assertThat(Retention.excess(results, 1, "r4")).containsExactly("r3");
    }

    @Test
    void whatAnEarlierRunLeftGoesBeforeANewResultIsMade() {
        assertThat(Retention.left(FIVE, 3, "r6")).containsExactly("r1", "r2");
        assertThat(Retention.left(FIVE, 4, "r5")).isEmpty();
        assertThat(Retention.left(List.of(), 1, "r5")).isEmpty();
    }

    @Test
    void theWitnessStaysEvenIfTheClockWentBack() {
        assertThat(Retention.excess(FIVE, 1, "r1")).doesNotContain("r1");
    }
}
