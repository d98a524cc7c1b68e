package io.drover.core.jobs;

import com.cronutils.model.Cron;
import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import io.drover.core.error.NearestName;
import io.drover.core.error.StorageException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Map;
import java.util.Optional;

/**
 * When a recurring job runs: a cron expression of five fields (minute, hour, day of month, month, day of week), or a name for one.
 * Where both day fields are restricted, a day that satisfies either counts, as in crontab(5). How it goes where clocks are put
 * forward and back is told by {@link CronTimes}. Immutable.
 */
public final class Schedule {
    private static final int MAX_LENGTH = 128;
    private static final Map<String, String> NAMES = Map.of(
            "@yearly", "0 0 1 1 *",
            "@annually", "0 0 1 1 *",
            "@monthly", "0 0 1 * *",
            "@weekly", "0 0 * * 0",
            "@daily", "0 0 * * *",
            "@midnight", "0 0 * * *",
            "@hourly", "0 * * * *");

    /** Some moment to begin a search at; which one does not matter, as every possible date comes within some years of it. */
    private static final ZonedDateTime ANY = ZonedDateTime.of(2026, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC);

    private final String text;
    private final CronTimes times;

    private Schedule(String text, CronTimes times) {
        this.text = text;
        this.times = times;
    }

    /**
     * Reads an expression.
     *
     * @throws StorageException INVALID if it is none, or if its time never comes
     */
    public static Schedule parse(String text) {
        String trimmed = text.strip();
        if (trimmed.length() > MAX_LENGTH) {
            throw invalid(text, "it has " + trimmed.length() + " characters, at most " + MAX_LENGTH + " are possible");
        }
        String fields = NAMES.getOrDefault(trimmed, trimmed);
        if (fields.startsWith("@")) {
            throw invalid(text, "it is no known name" + NearestName.hint(trimmed, NAMES.keySet()));
        }
        ExecutionTime times;
        try {
            Cron cron = new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX)).parse(fields);
            times = ExecutionTime.forCron(cron.validate());
        } catch (IllegalArgumentException e) {
            throw invalid(text, String.valueOf(e.getMessage()));
        }
        if (times.nextExecution(ANY).isEmpty()) {
            throw invalid(text, "that time never comes");
        }
        return new Schedule(trimmed, new CronTimes(times, fields.split("\\s+")[1].equals("*")));
    }

    /** The first time after a moment, or empty if there is none. */
    public Optional<Instant> next(Instant after, ZoneId zone) {
        return times.next(after, zone);
    }

    /** The latest time before a moment, or empty if there is none. */
    public Optional<Instant> previous(Instant before, ZoneId zone) {
        return times.previous(before, zone);
    }

    /** As it was written. */
    public String text() {
        return text;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Schedule schedule && schedule.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }

    private static StorageException invalid(String text, String problem) {
        return StorageException.invalid("cron \"" + NearestName.shown(text) + "\" is not usable: " + problem
                + "; write five fields, such as \"*/5 * * * *\", or a name such as @hourly");
    }
}
