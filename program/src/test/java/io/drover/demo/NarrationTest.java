package io.drover.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.demo.StepResult.Outcome;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class NarrationTest {
    private final StringWriter text = new StringWriter();

    @Test
    void aLogHasPlainLines() {
        Narration narration = narration(false);

        narration.begin("make");
        narration.end(new StepResult("make", Duration.ofMillis(12), Outcome.OK, "made"));
        narration.begin("revert");
        narration.remark("it is in use");
        narration.end(new StepResult("revert", Duration.ofSeconds(2), Outcome.FAILED, "nothing happened"));

        assertThat(text.toString()).isEqualTo("""
                         1/2  make ..... ok  12 ms
                         2/2  revert ...\s
                               | it is in use
                               FAILED  2.00 s
                               | nothing happened
                        """);
    }

    @Test
    void aTerminalHasTheSameWordsInColours() {
        Narration narration = narration(true);

        narration.begin("make");
        narration.end(new StepResult("make", Duration.ofMillis(12), Outcome.OK, "made"));

        assertThat(text.toString()).contains("\u001b[32mok\u001b[0m");
        assertThat(text.toString().replaceAll("\u001b\\[[0-9]+m", "")).isEqualTo(" 1/2  make ..... ok  12 ms\n");
    }

    @Test
    void theTableHasEveryStep() {
        narration(false)
                .table(List.of(
                        new StepResult("make", Duration.ofMillis(12), Outcome.FAILED, "no room"),
                        StepResult.skipped("revert")));

        assertThat(text.toString()).isEqualTo("""

                        #  STEP     TIME  RESULT   CHECK
                        -  ------  -----  -------  -------
                        1  make    12 ms  FAILED   no room
                        2  revert         skipped

                        """);
    }

    private Narration narration(boolean colours) {
        Narration narration = new Narration(new PrintWriter(text), colours);
        narration.announce(List.of("make", "revert"));
        return narration;
    }
}
