package io.drover.node.disk;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.core.model.ByteSize;
import io.drover.core.model.Settings;
import org.junit.jupiter.api.Test;

class WatermarksTest {
    private static final long GIBI = 1L << 30;
    private final Watermarks defaults = new Watermarks(Settings.DEFAULTS);

    @Test
    void takesVolumesUpToTheOverProvisioningLimit() {
        DiskUsage usage = new DiskUsage(100 * GIBI, 90 * GIBI, 150 * GIBI);

        assertThat(defaults.againstVolume(usage, ByteSize.ofGibi(50))).isEmpty();
        assertThat(defaults.againstVolume(usage, new ByteSize(50 * GIBI + 1))).isPresent();
        assertThat(defaults.room(usage)).isEqualTo(50 * GIBI);
    }

    @Test
    void refusesWhenTooLittleIsFree() {
        DiskUsage low = new DiskUsage(100 * GIBI, 10 * GIBI - 1, 0);
        DiskUsage enough = new DiskUsage(100 * GIBI, 10 * GIBI, 0);

        assertThat(defaults.againstSnapshot(low)).isPresent();
        assertThat(defaults.againstVolume(low, ByteSize.ofMebi(2))).isPresent();
        assertThat(defaults.room(low)).isZero();
        assertThat(defaults.againstSnapshot(enough)).isEmpty();
    }

    @Test
    void reservedShareCountsForNothing() {
        Watermarks half = new Watermarks(new Settings(100, 0, 50, true, 250));
        DiskUsage usage = new DiskUsage(100 * GIBI, 100 * GIBI, 0);

        assertThat(half.room(usage)).isEqualTo(50 * GIBI);
        assertThat(half.againstVolume(usage, ByteSize.ofGibi(51))).isPresent();
        assertThat(half.againstSnapshot(new DiskUsage(100 * GIBI, 49 * GIBI, 0)))
                .isPresent();
    }

    @Test
    void sizesBeyondCountingAreRefused() {
        DiskUsage usage = new DiskUsage(100 * GIBI, 100 * GIBI, Long.MAX_VALUE - 5);

        assertThat(defaults.againstVolume(usage, ByteSize.ofGibi(1)))
                .get()
                .asString()
                .contains("more than any disk");
        assertThat(new Watermarks(Settings.DEFAULTS).room(new DiskUsage(Long.MAX_VALUE / 4, Long.MAX_VALUE / 4, 0)))
                .isPositive();
    }
}
