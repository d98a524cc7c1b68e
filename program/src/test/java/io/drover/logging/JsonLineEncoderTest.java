package io.drover.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.slf4j.event.KeyValuePair;

class JsonLineEncoderTest {
    @Test
    void anEventIsOneLineWithItsOwnKeys() {
        LoggingEvent event = new LoggingEvent(
                "",
                new LoggerContext().getLogger("io.drover.node"),
                Level.INFO,
                "replica \"made\"\n{}",
                null,
                new Object[] {"twice"});
        event.setTimeStamp(0);
        event.addKeyValuePair(new KeyValuePair("volume", "pvc-1"));
        event.addKeyValuePair(new KeyValuePair("durationMillis", 12L));

        assertThat(new String(new JsonLineEncoder().encode(event), StandardCharsets.UTF_8))
                .isEqualTo("{\"time\":\"1970-01-01T00:00:00Z\",\"level\":\"INFO\",\"logger\":\"io.drover.node\","
                        + "\"message\":\"replica \\\"made\\\"\\ntwice\",\"volume\":\"pvc-1\",\"durationMillis\":12}\n");
    }
}
