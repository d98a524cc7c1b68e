package io.drover.snapshotter.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class BandwidthTest {
    private final AtomicLong nanos = new AtomicLong(-5_000_000_000L);
    private final TransferMonitor monitor = new TransferMonitor();

    @Test
    void tenMegabytesAtOneMegabytePerSecondTakeNineSecondsToTheLast() {
        Bandwidth bandwidth = new Bandwidth(1_000_000, nanos::get, this::sleep);
        long begin = nanos.get();
        for (int i = 0; i < 10; i++) {
            bandwidth.take(1_000_000, monitor);
        }
        assertThat(Duration.ofNanos(nanos.get() - begin)).isEqualTo(Duration.ofSeconds(9));
    }

    @Test
    void nothingIsSavedUpWhileNobodyComes() {
        Bandwidth bandwidth = new Bandwidth(1_000_000, nanos::get, this::sleep);
        sleep(Duration.ofSeconds(100));
        long begin = nanos.get();
        bandwidth.take(1_000_000, monitor);
        bandwidth.take(1_000_000, monitor);
        bandwidth.take(1_000_000, monitor);
        assertThat(Duration.ofNanos(nanos.get() - begin)).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void withoutALimitNobodyWaits() {
        Bandwidth bandwidth = new Bandwidth(0, nanos::get, duration -> {
            throw new AssertionError("waited " + duration);
        });
        bandwidth.take(Long.MAX_VALUE, monitor);
        bandwidth.take(Long.MAX_VALUE, monitor);
    }

    @Test
    void cancellingEndsAWaitWithinASecond() {
        Bandwidth bandwidth = new Bandwidth(1, nanos::get, duration -> {
            sleep(duration);
            monitor.cancel();
        });
        bandwidth.take(3600, monitor);
        long begin = nanos.get();
        assertThatThrownBy(() -> bandwidth.take(1, monitor)).isInstanceOf(TransferCancelledException.class);
        assertThat(Duration.ofNanos(nanos.get() - begin)).isLessThan(Duration.ofSeconds(1));
    }

    private void sleep(Duration duration) {
        nanos.addAndGet(duration.toNanos());
    }
}
