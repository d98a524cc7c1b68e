package io.drover.node.extent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drover.core.model.ByteRange;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExtentMapTest {
    @Test
    void touchingExtentsAreOneRange() {
        ExtentMap map = map(100, extent(0, 500, 10), extent(10, 900, 10), extent(30, 0, 5));

        assertThat(map.allocated()).containsExactly(data(0, 20), data(30, 5));
    }

    @Test
    void samePlaceIsSameContentWhateverTheSplit() {
        ExtentMap base = map(100, extent(0, 500, 40));
        ExtentMap now = map(100, extent(0, 500, 10), extent(10, 510, 30));

        assertThat(now.changedSince(base)).isEmpty();
    }

    @Test
    void movedPartIsChanged() {
        ExtentMap base = map(100, extent(0, 500, 40));
        ExtentMap now = map(100, extent(0, 500, 10), extent(10, 700, 5), extent(15, 515, 25));

        assertThat(now.changedSince(base)).containsExactly(data(10, 5));
    }

    @Test
    void freedPartIsZeroAndNewPartIsData() {
        ExtentMap base = map(100, extent(0, 500, 10), extent(50, 600, 10));
        ExtentMap now = map(100, extent(50, 600, 30));

        assertThat(now.changedSince(base)).containsExactly(zero(0, 10), data(60, 20));
    }

    @Test
    void incomparablePlacesAreAlwaysChanged() {
        ExtentMap map = map(100, new Extent(0, 0, 10, false));

        assertThat(map.changedSince(map)).containsExactly(data(0, 10));
    }

    @Test
    void grownPartIsChangedOnlyWhereItIsWritten() {
        ExtentMap base = map(50, extent(0, 500, 50));
        ExtentMap now = map(100, extent(0, 500, 50), extent(80, 900, 20));

        assertThat(now.changedSince(base)).containsExactly(data(80, 20));
    }

    @Test
    void baseBehindTheEndIsNotReported() {
        assertThat(map(50).changedSince(map(100, extent(40, 1, 60)))).containsExactly(zero(40, 10));
    }

    @Test
    void extentsBehindTheEndAreCutOff() {
        ExtentMap map = ExtentMap.clipped(25, List.of(extent(0, 5, 10), extent(20, 50, 10), extent(30, 90, 5)));

        assertThat(map.allocated()).containsExactly(data(0, 10), data(20, 5));
    }

    @Test
    void unsortedExtentsAreRefused() {
        assertThatThrownBy(() -> map(100, extent(10, 0, 10), extent(5, 0, 5)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> map(10, extent(0, 0, 20))).isInstanceOf(IllegalArgumentException.class);
    }

    private static ExtentMap map(long size, Extent... extents) {
        return new ExtentMap(size, List.of(extents));
    }

    private static Extent extent(long offset, long physical, long length) {
        return new Extent(offset, physical, length, true);
    }

    private static ByteRange data(long offset, long length) {
        return new ByteRange(offset, length, false);
    }

    private static ByteRange zero(long offset, long length) {
        return new ByteRange(offset, length, true);
    }
}
