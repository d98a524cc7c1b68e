package io.drover.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressTest {
    private final AtomicLong time = new AtomicLong(42);
    private final StringWriter text = new StringWriter();

    @Test
    void terminalHasOneLineThatIsWrittenOver() {
        Progress progress = progress(true);
        progress.show(0, 0, "waiting for a place");
        pass(4);
        progress.show(100 << 20, 400 << 20, "");
        progress.end();

        assertThat(text.toString().split("\r"))
                .contains("waiting for a place")
                .anyMatch(line -> line.strip()
                        .equals("[######..................] 25 %  100 MiB of 400 MiB, 25 MiB/s, 12.00 s left"));
        assertThat(text.toString()).doesNotContain("\n").endsWith("\r");
    }

    @Test
    void logHasALineNowAndThen() {
        Progress progress = progress(false);
        for (int second = 0; second < 25; second++) {
            progress.show(second, 25, "");
            pass(1);
        }
        progress.end();

        assertThat(text.toString().lines()).hasSize(3).noneMatch(line -> line.contains("\r"));
    }

    @Test
    void theEndIsHundredPercentAndHasNoTimeLeft() {
        Progress progress = progress(true);
        pass(2);
        progress.show(30, 20, "");

        assertThat(text.toString()).contains("100 %").doesNotContain("left");
    }

    private Progress progress(boolean terminal) {
        return new Progress(new PrintWriter(text), terminal, time::get);
    }

    private void pass(int seconds) {
        time.addAndGet(Duration.ofSeconds(seconds).toNanos());
    }
}
