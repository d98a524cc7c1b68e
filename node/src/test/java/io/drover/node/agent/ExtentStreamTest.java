package io.drover.node.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.core.model.ByteRange;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExtentStreamTest {
    private static final List<ByteRange> RANGES =
            List.of(new ByteRange(0, 10, false), new ByteRange(20, 10, true), new ByteRange(40, 10, false));

    @Test
    void fromTheStartAllRangesAreThere() {
        assertThat(ExtentStream.from(RANGES, 0)).isEqualTo(RANGES);
    }

    @Test
    void whatEndsAtTheOffsetIsLeftOut() {
        assertThat(ExtentStream.from(RANGES, 10)).isEqualTo(RANGES.subList(1, 3));
        assertThat(ExtentStream.from(RANGES, 50)).isEmpty();
    }

    @Test
    void whatLiesAcrossTheOffsetIsCutAndKeepsItsKind() {
        assertThat(ExtentStream.from(RANGES, 25))
                .containsExactly(new ByteRange(25, 5, true), new ByteRange(40, 10, false));
    }
}
