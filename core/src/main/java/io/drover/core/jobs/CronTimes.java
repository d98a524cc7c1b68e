package io.drover.core.jobs;

import com.cronutils.model.time.ExecutionTime;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.List;
import java.util.Optional;

/**
 * The moments of a cron expression in a time zone, where clocks are put forward and back. What runs at certain hours runs once each
 * day: a time that is left out comes when the clock has been put forward, and one that comes twice counts the first time. What runs
 * every hour goes by real hours. (The rule of cron(8) as Vixie and Debian have it.)
 *
 * @param everyHour whether the field of hours is {@code *}
 */
record CronTimes(ExecutionTime times, boolean everyHour) {
    private static final Duration FIRST_WINDOW = Duration.ofMinutes(2);
    /** February 29 on a certain weekday comes within 40 years, even across 2100. */
    private static final Duration LONGEST_WINDOW = Duration.ofDays(45 * 366);

    /** The first moment after this one. */
    Optional<Instant> next(Instant after, ZoneId zone) {
        return everyHour ? nextByRealTime(after, zone.getRules()) : nextByTheClock(after, zone.getRules());
    }

    /** The latest moment before this one: looked for in windows that double, since only the way forward is defined. */
    Optional<Instant> previous(Instant before, ZoneId zone) {
        for (Duration window = FIRST_WINDOW; window.compareTo(LONGEST_WINDOW) < 0; window = window.multipliedBy(2)) {
            Optional<Instant> latest = Optional.empty();
            Optional<Instant> found = next(before.minus(window), zone);
            while (found.isPresent() && found.get().isBefore(before)) {
                latest = found;
                found = next(found.get(), zone);
            }
            if (latest.isPresent()) {
                return latest;
            }
        }
        return Optional.empty();
    }

    private Optional<Instant> nextByTheClock(Instant after, ZoneRules rules) {
        LocalDateTime shown = LocalDateTime.ofInstant(after, rules.getOffset(after));
        while (true) {
            Optional<LocalDateTime> next = nextShown(shown);
            if (next.isEmpty()) {
                return Optional.empty();
            }
            Instant moment = momentOf(next.get(), rules);
            if (moment.isAfter(after)) {
                return Optional.of(moment);
            }
            shown = next.get(); // of the hour that the clock shows a second time
        }
    }

    private static Instant momentOf(LocalDateTime shown, ZoneRules rules) {
        List<ZoneOffset> offsets = rules.getValidOffsets(shown);
        return offsets.isEmpty() ? rules.getTransition(shown).getInstant() : shown.toInstant(offsets.getFirst());
    }

    private Optional<Instant> nextByRealTime(Instant after, ZoneRules rules) {
        Instant from = after;
        while (true) {
            ZoneOffset offset = rules.getOffset(from);
            Optional<Instant> next =
                    nextShown(LocalDateTime.ofInstant(from, offset)).map(shown -> shown.toInstant(offset));
            ZoneOffsetTransition change = rules.nextTransition(from);
            if (next.isEmpty() || change == null || next.get().isBefore(change.getInstant())) {
                return next;
            }
            // From here on the clock shows something else; the moment of the change itself may be one.
            Instant moment = change.getInstant();
            if (matches(LocalDateTime.ofInstant(moment, change.getOffsetAfter()))) {
                return Optional.of(moment);
            }
            from = moment;
        }
    }

    private boolean matches(LocalDateTime shown) {
        return times.isMatch(shown.atZone(ZoneOffset.UTC));
    }

    /** The next time on a clock that is never put forward or back. */
    private Optional<LocalDateTime> nextShown(LocalDateTime shown) {
        return times.nextExecution(shown.atZone(ZoneOffset.UTC)).map(next -> next.toLocalDateTime());
    }
}
