package io.drover.node.freeze;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class FreezeGuardTest {
    @Test
    void sleepsAndThawsEachThreeTimesWithoutAShell() {
        // When
        List<String> arguments =
                FreezeGuard.arguments(List.of(Path.of("/a b"), Path.of("/c;d")), Duration.ofSeconds(30));
        // Then
        String round = "-exec sleep 30 ; , -exec fsfreeze --unfreeze /a b ; , -exec fsfreeze --unfreeze /c;d ;";
        assertThat(String.join(" ", arguments))
                .isEqualTo("/ -maxdepth 0 " + String.join(" , ", List.of(round, round, round)));
        assertThat(arguments).contains("/a b", "/c;d");
    }

    @Test
    void deadlineIsNeverZero() {
        assertThat(FreezeGuard.arguments(List.of(), Duration.ofMillis(10))).contains("1");
    }
}
