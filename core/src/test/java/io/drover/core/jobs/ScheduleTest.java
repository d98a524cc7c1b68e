package io.drover.core.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drover.core.error.ErrorCode;
import io.drover.core.error.StorageException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScheduleTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "*/1 * * * * | 2026-03-28T20:00:00Z | 2026-03-28T20:01:00Z",
                "*/5 * * * * | 2026-03-28T20:04:59Z | 2026-03-28T20:05:00Z",
                "0 3 * * *   | 2026-03-28T20:00:00Z | 2026-03-29T03:00:00Z",
                "@hourly     | 2026-03-28T20:00:00Z | 2026-03-28T21:00:00Z",
                "@daily      | 2026-03-28T20:00:00Z | 2026-03-29T00:00:00Z",
                "@midnight   | 2026-03-28T20:00:00Z | 2026-03-29T00:00:00Z",
                "@weekly     | 2026-03-28T20:00:00Z | 2026-03-29T00:00:00Z",
                "@monthly    | 2026-03-28T20:00:00Z | 2026-04-01T00:00:00Z",
                "@yearly     | 2026-03-28T20:00:00Z | 2027-01-01T00:00:00Z",
                "@annually   | 2026-03-28T20:00:00Z | 2027-01-01T00:00:00Z",
                "0 0 13 * 5  | 2026-03-28T20:00:00Z | 2026-04-03T00:00:00Z", // either day field
                "0 0 * * 7   | 2026-03-28T20:00:00Z | 2026-03-29T00:00:00Z",
                "0 0 * * 0   | 2026-03-28T20:00:00Z | 2026-03-29T00:00:00Z",
                "0 0 1 JAN * | 2026-03-28T20:00:00Z | 2027-01-01T00:00:00Z",
                "0 0 29 2 *  | 2026-03-28T20:00:00Z | 2028-02-29T00:00:00Z",
            })
    void theNextTimeFollowsTheMoment(String cron, Instant after, Instant expected) {
        assertThat(Schedule.parse(cron).next(after, ZoneOffset.UTC)).contains(expected);
    }

    @Test
    void aMomentThatMatchesIsNotItsOwnNext() {
        Instant hour = Instant.parse("2026-03-28T20:00:00Z");

        assertThat(Schedule.parse("@hourly").next(hour, ZoneOffset.UTC))
                .contains(Instant.parse("2026-03-28T21:00:00Z"));
    }

    @Test
    void theZoneDecidesAndAnHourThatDoesNotExistIsLeftOut() {
        ZoneId berlin = ZoneId.of("Europe/Berlin");
        Schedule halfPastTwo = Schedule.parse("30 2 * * *");

        assertThat(halfPastTwo.next(Instant.parse("2026-03-27T12:00:00Z"), berlin))
                .contains(Instant.parse("2026-03-28T01:30:00Z"));
        assertThat(halfPastTwo.next(Instant.parse("2026-03-28T12:00:00Z"), berlin))
                .contains(Instant.parse("2026-03-30T00:30:00Z"));
    }

    @Test
    void thePreviousTimeIsBeforeTheMoment() {
        assertThat(Schedule.parse("@hourly").previous(Instant.parse("2026-03-28T20:10:00Z"), ZoneOffset.UTC))
                .contains(Instant.parse("2026-03-28T20:00:00Z"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "* * * *",
                "* * * * * *",
                "60 * * * *",
                "* 24 * * *",
                "* * 0 * *",
                "* * 32 * *",
                "* * * 13 *",
                "* * * * 8",
                "*/0 * * * *",
                "5-1 * * * *",
                "a b c d e",
                "0 0 L * *",
                "0 0 ? * 1",
                "-1 * * * *",
                "0 0 31 2 *",
                "@reboot",
                "@every 5m",
                "@hurly",
                "* * * * * ; rm",
            })
    void whatIsNoScheduleIsInvalid(String cron) {
        assertThatThrownBy(() -> Schedule.parse(cron))
                .satisfies(e -> assertThat(((StorageException) e).code()).isEqualTo(ErrorCode.INVALID))
                .hasMessageContaining("@hourly");
    }

    @Test
    void anExpressionWithoutEndIsInvalid() {
        assertThatThrownBy(() -> Schedule.parse("1" + ",1".repeat(10_000) + " * * * *"))
                .hasMessageContaining("at most 128");
    }

    @Test
    void aMisspelledNameIsRecognised() {
        assertThatThrownBy(() -> Schedule.parse("@hurly")).hasMessageContaining("did you mean \"@hourly\"?");
    }
}
