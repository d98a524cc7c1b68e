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

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // In Berlin 02:00 is followed by 03:00 on 2026-03-29, at 01:00 UTC.
                "30 2 * * *   | Europe/Berlin    | 2026-03-27T12:00:00Z | 2026-03-28T01:30:00Z",
                "30 2 * * *   | Europe/Berlin    | 2026-03-28T12:00:00Z | 2026-03-29T01:00:00Z", // left out: as soon as
                // can be
                "30 2 * * *   | Europe/Berlin    | 2026-03-29T01:00:00Z | 2026-03-30T00:30:00Z",
                "*/20 2 * * * | Europe/Berlin    | 2026-03-28T12:00:00Z | 2026-03-29T01:00:00Z", // three of them, once
                "*/20 2 * * * | Europe/Berlin    | 2026-03-29T01:00:00Z | 2026-03-30T00:00:00Z",
                "30 * * * *   | Europe/Berlin    | 2026-03-29T00:30:00Z | 2026-03-29T01:30:00Z",
                "0 * * * *    | Europe/Berlin    | 2026-03-29T00:00:00Z | 2026-03-29T01:00:00Z",
                // 03:00 is followed by 02:00 on 2026-10-25, at 01:00 UTC.
                "30 2 * * *   | Europe/Berlin    | 2026-10-24T12:00:00Z | 2026-10-25T00:30:00Z",
                "30 2 * * *   | Europe/Berlin    | 2026-10-25T00:30:00Z | 2026-10-26T01:30:00Z", // not a second time
                "30 * * * *   | Europe/Berlin    | 2026-10-25T00:30:00Z | 2026-10-25T01:30:00Z", // hourly is hourly
                "0 * * * *    | Europe/Berlin    | 2026-10-25T00:00:00Z | 2026-10-25T01:00:00Z",
                // 02:00 is followed by 03:00 on 2026-03-08, at 07:00 UTC, and 02:00 by 01:00 on 2026-11-01, at 06:00
                // UTC.
                "15 2 * * *   | America/New_York | 2026-03-07T12:00:00Z | 2026-03-08T07:00:00Z",
                "15 1 * * *   | America/New_York | 2026-11-01T05:15:00Z | 2026-11-02T06:15:00Z",
                "*/30 * * * * | America/New_York | 2026-11-01T05:30:00Z | 2026-11-01T06:00:00Z",
                // Half an hour's difference.
                "15 2 * * *   | Australia/Lord_Howe | 2026-10-03T12:00:00Z | 2026-10-03T15:30:00Z",
            })
    void whereClocksArePutForwardAndBackNoRunIsLostOrDoubled(
            String cron, ZoneId zone, Instant after, Instant expected) {
        assertThat(Schedule.parse(cron).next(after, zone)).contains(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "@hourly     | UTC           | 2026-03-28T20:10:00Z | 2026-03-28T20:00:00Z",
                "@hourly     | UTC           | 2026-03-28T20:00:00Z | 2026-03-28T19:00:00Z",
                "* 3 * * *   | UTC           | 2026-03-28T20:00:00Z | 2026-03-28T03:59:00Z",
                "0 0 29 2 *  | UTC           | 2026-03-28T20:00:00Z | 2024-02-29T00:00:00Z",
                "30 2 * * *  | Europe/Berlin | 2026-03-29T12:00:00Z | 2026-03-29T01:00:00Z",
                "30 2 * * *  | Europe/Berlin | 2026-10-25T12:00:00Z | 2026-10-25T00:30:00Z",
            })
    void thePreviousTimeIsBeforeTheMoment(String cron, ZoneId zone, Instant before, Instant expected) {
        assertThat(Schedule.parse(cron).previous(before, zone)).contains(expected);
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
