package io.drover.snapshotter.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.core.error.ErrorCode;
import io.drover.core.jobs.Schedule;
import io.drover.core.model.EffectiveJob;
import io.drover.core.model.JobOutcome;
import io.drover.core.model.JobRun;
import io.drover.core.model.JobTask;
import io.drover.core.model.VolumeId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Months of a scheduler under a clock of the test's, with kills at any call, failures, jobs that come, change and go, volumes that are
 * attached and detached, and a clock that jumps. Everything comes from a seed, which a failure names.
 */
class SchedulerSimulationTest {
    private static final List<String> CRONS = List.of(
            "*/1 * * * *",
            "*/7 * * * *",
            "30 * * * *",
            "@hourly",
            "0 */6 * * *",
            "30 2 * * *",
            "15 2,3 * * *",
            "@daily",
            "@weekly",
            "0 3 * * 1-5",
            "0 0 1,15 * *",
            "@monthly",
            "30 1 31 * *",
            "@yearly");
    private static final List<String> BY_MINUTE = List.of(
            "*/1 * * * *",
            "*/7 * * * *",
            "* * * * *",
            "3-59/10 * * * *",
            "0,1,59 * * * *",
            "*/20 1-3 * * *",
            "*/30 */2 * * 0,1",
            "59 23 * * *");
    private static final List<String> ZONES = List.of("", "Europe/Berlin", "America/New_York");

    /** Ends the scheduler in the middle of a call, as kill -9 does. */
    private static final class Killed extends Error {
        private static final long serialVersionUID = 1L;
    }

    private final FakeBoard board = new FakeBoard();
    private Instant now = Instant.parse("2026-03-01T00:00:00Z");
    private final Deque<Step> steps = new ArrayDeque<>();
    private Scheduler scheduler = newScheduler();
    private Random random = new Random(0);
    private double killRate;
    private double failureRate;
    private int checked;

    private record Step(String name, Supplier<Optional<Duration>> step, Instant when) {}

    private Scheduler newScheduler() {
        return new Scheduler(
                board,
                new Planner(ZoneOffset.UTC, Duration.ZERO),
                (name, step) -> steps.add(new Step(name, step, now)),
                new Clock() {
                    @Override
                    public ZoneId getZone() {
                        return ZoneOffset.UTC;
                    }

                    @Override
                    public Clock withZone(ZoneId zone) {
                        return this;
                    }

                    @Override
                    public Instant instant() {
                        return now;
                    }
                });
    }

    private void prepare(long seed) {
        random = new Random(seed);
        board.clock = () -> now;
        board.before = () -> maybe(killRate, failureRate);
        board.after = () -> maybe(killRate, failureRate);
        for (int i = 0; i < 3; i++) {
            FakeBoard.FakeVolume volume = new FakeBoard.FakeVolume();
            volume.snapshots.put("of-a-person", new FakeBoard.Thing("-", now, true, 0));
            volume.snapshots.put("snap-like-a-jobs", new FakeBoard.Thing("-", now, true, 0));
            board.volumes.put("v" + i, volume);
        }
    }

    private void maybe(double kill, double fail) {
        double drawn = random.nextDouble();
        if (drawn < kill) {
            throw new Killed();
        }
        if (drawn < kill + fail) {
            throw FakeBoard.failure(List.of(ErrorCode.UNAVAILABLE, ErrorCode.BUSY, ErrorCode.NO_SPACE)
                    .get(random.nextInt(3)));
        }
    }

    private void job(String volume, String name, JobTask task, String cron, int retain, String zone) {
        board.volume(new VolumeId(volume))
                .jobs
                .put(name, new EffectiveJob(name, task, cron, retain, Map.of(), 0, zone, true, ""));
    }

    /** Looks, and lets the runs go on, until this moment. */
    private void runUntil(Instant end, Duration coarsest) {
        while (now.isBefore(end)) {
            Duration wait = coarsest;
            try {
                Duration asked = scheduler.look();
                wait = asked.compareTo(Duration.ofSeconds(5)) < 0 ? asked : coarsest;
                drain();
            } catch (Killed e) {
                steps.clear();
                scheduler = newScheduler();
            }
            check();
            now = now.plus(wait);
        }
    }

    private void drain() {
        for (int i = steps.size(); i > 0; i--) {
            Step next = steps.removeFirst();
            if (next.when().isAfter(now)) {
                steps.addLast(next);
                continue;
            }
            next.step().get().ifPresent(pause -> steps.addLast(new Step(next.name(), next.step(), now.plus(pause))));
            check();
        }
    }

    private void check() {
        checked++;
        board.volumes.forEach((name, volume) -> {
            assertThat(volume.snapshots).as("a person's, at %s", now).containsKeys("of-a-person", "snap-like-a-jobs");
            volume.jobs.forEach((job, effective) -> {
                long snapshots = volume.snapshots.values().stream()
                        .filter(thing -> thing.job().equals(job))
                        .count();
                long backups = volume.backups.values().stream()
                        .filter(thing -> thing.job().equals(job))
                        .count();
                int bound = retained(name, job, effective.retain());
                if (effective.task() == JobTask.SNAPSHOT) {
                    assertThat(snapshots)
                            .as("snapshots of %s/%s at %s", name, job, now)
                            .isLessThanOrEqualTo(bound + 1L);
                }
                if (effective.task() == JobTask.BACKUP) {
                    assertThat(backups)
                            .as("backups of %s/%s at %s", name, job, now)
                            .isLessThanOrEqualTo(bound + 1L);
                    assertThat(snapshots).as("their snapshots").isLessThanOrEqualTo(4L);
                }
            });
        });
        assertThat(steps.stream().map(Step::name).toList())
                .as("runs under way at %s", now)
                .doesNotHaveDuplicates();
    }

    /** What a job may keep: lowering takes effect at the next run that succeeds and deletes what it is to. */
    private record Bound(int retain, int most, Instant since) {}

    private final Map<String, Bound> bounds = new HashMap<>();

    private int retained(String volume, String job, int retain) {
        Bound bound = bounds.compute(volume + "/" + job, (_, before) -> {
            if (before == null) {
                return new Bound(retain, retain, now);
            }
            if (before.retain() != retain) {
                return new Bound(retain, Math.max(before.most(), retain), now);
            }
            return before;
        });
        if (bound.most() == retain) {
            return retain;
        }
        boolean tookEffect = runsOf(volume, job).stream()
                .filter(run -> !run.started().isBefore(bound.since()))
                .anyMatch(run -> run.is(JobOutcome.SUCCEEDED) && message(run).isEmpty());
        if (tookEffect) {
            bounds.put(volume + "/" + job, new Bound(retain, retain, now));
            return retain;
        }
        return bound.most();
    }

    private static String message(JobRun run) {
        return run.end().map(JobRun.End::message).orElse("");
    }

    private List<JobRun> runsOf(String volume, String job) {
        return board.ended.getOrDefault(new JobKey(new VolumeId(volume), job), List.of());
    }

    @Test
    void everyTimeOfEverySortOfScheduleRunsOnceThroughBothChangesOfTheClocks() {
        prepare(1);
        killRate = 0;
        for (String zone : ZONES) {
            for (String cron : CRONS.subList(2, CRONS.size())) {
                job("v" + ZONES.indexOf(zone), "j" + CRONS.indexOf(cron), JobTask.FILESYSTEM_TRIM, cron, 1, zone);
            }
        }
        Instant start = now;
        runUntil(Instant.parse("2026-12-01T00:00:00Z"), Duration.ofMinutes(5));

        for (String zone : ZONES) {
            for (String cron : CRONS.subList(2, CRONS.size())) {
                List<Instant> expected = times(cron, zone, start, now.minus(Duration.ofMinutes(6)));
                assertThat(runsOf("v" + ZONES.indexOf(zone), "j" + CRONS.indexOf(cron)))
                        .as("%s in %s", cron, zone)
                        .extracting(JobRun::scheduled)
                        .startsWith(expected.toArray(Instant[]::new));
            }
        }
        assertThat(checked).isGreaterThan(10_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-03-08", "2026-03-29", "2026-10-25", "2026-11-01"})
    void everyMinuteRunsOnceOnTheDaysOnWhichClocksChange(LocalDate day) {
        prepare(1);
        now = day.minusDays(1).atTime(21, 0).toInstant(ZoneOffset.UTC);
        for (String zone : ZONES) {
            for (String cron : BY_MINUTE) {
                job("v" + ZONES.indexOf(zone), "j" + BY_MINUTE.indexOf(cron), JobTask.FILESYSTEM_TRIM, cron, 1, zone);
            }
        }
        Instant start = now;
        runUntil(day.atTime(12, 0).toInstant(ZoneOffset.UTC), Duration.ofSeconds(25));

        for (String zone : ZONES) {
            for (String cron : BY_MINUTE) {
                List<Instant> expected = times(cron, zone, start, now.minus(Duration.ofMinutes(1)));
                assertThat(expected).as("%s in %s", cron, zone).isNotEmpty();
                assertThat(runsOf("v" + ZONES.indexOf(zone), "j" + BY_MINUTE.indexOf(cron)))
                        .as("%s in %s", cron, zone)
                        .extracting(JobRun::scheduled)
                        .startsWith(expected.toArray(Instant[]::new))
                        .doesNotHaveDuplicates();
            }
        }
        // By real time: a change of the clock takes no minute away and adds none.
        for (String zone : ZONES) {
            assertThat(runsOf("v" + ZONES.indexOf(zone), "j0"))
                    .extracting(JobRun::scheduled)
                    .startsWith(Stream.iterate(start.plusSeconds(60), minute -> minute.plusSeconds(60))
                            .limit(15 * 60 - 1)
                            .toArray(Instant[]::new));
        }
    }

    private static List<Instant> times(String cron, String zone, Instant after, Instant until) {
        Schedule schedule = Schedule.parse(cron);
        ZoneId id = zone.isEmpty() ? ZoneOffset.UTC : ZoneId.of(zone);
        List<Instant> times = new ArrayList<>();
        Optional<Instant> next = schedule.next(after, id);
        while (next.isPresent() && next.get().isBefore(until)) {
            times.add(next.get());
            next = schedule.next(next.get(), id);
        }
        return times;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void nothingIsLostDoubledOrDeletedThatStaysWhateverHappens(long seed) {
        prepare(seed);
        killRate = 0.01;
        failureRate = 0.03;
        List<String> names = List.of("a", "b", "c");
        for (int day = 0; day < 45; day++) {
            for (int i = 0; i < 4; i++) {
                mutate(names);
                runUntil(now.plus(Duration.ofHours(6)), Duration.ofSeconds(40 + random.nextInt(400)));
            }
        }
        noTimeRanTwice(seed);

        // Peace: whatever was left is finished, and every job keeps what it is to keep.
        killRate = 0;
        failureRate = 0;
        board.uploadFails = false;
        board.volumes.values().forEach(volume -> volume.attached = true);
        runUntil(now.plus(Duration.ofDays(1)), Duration.ofSeconds(30));
        assertThat(board.histories.values())
                .as("seed %s", seed)
                .allSatisfy(history -> assertThat(
                                history.running().isEmpty() || history.plan().isPresent())
                        .isTrue());
        board.volumes.forEach((name, volume) -> volume.jobs.forEach((job, effective) -> {
            boolean ran = runsOf(name, job).stream()
                    .anyMatch(run -> run.started().isAfter(now.minus(Duration.ofHours(20)))
                            && run.task() == effective.task()
                            && run.is(JobOutcome.SUCCEEDED));
            Map<String, FakeBoard.Thing> things =
                    effective.task() == JobTask.SNAPSHOT ? volume.snapshots : volume.backups;
            if (ran && effective.task().keepsResults()) {
                assertThat(things.values().stream()
                                .filter(thing -> thing.job().equals(job))
                                .count())
                        .as("seed %s: results of %s/%s", seed, name, job)
                        .isBetween(1L, (long) effective.retain() + 1);
            }
        }));
    }

    /** By job and plan, as a changed schedule may come to the same time again. */
    private void noTimeRanTwice(long seed) {
        board.ended.forEach((key, runs) -> assertThat(runs.stream()
                        .filter(run -> !run.manual())
                        .map(run -> run.scheduled())
                        .toList())
                .as("seed %s: runs of %s", seed, key)
                .doesNotHaveDuplicates()
                .isSorted());
    }

    private void mutate(List<String> names) {
        String volume = "v" + random.nextInt(3);
        FakeBoard.FakeVolume there = board.volume(new VolumeId(volume));
        there.content = random.nextInt(3) == 0 ? there.content : random.nextLong();
        String name = names.get(random.nextInt(3));
        switch (random.nextInt(7)) {
            case 0, 1, 2 ->
                job(
                        volume,
                        name,
                        name.equals("b") ? JobTask.BACKUP : JobTask.SNAPSHOT,
                        CRONS.get(1 + random.nextInt(8)),
                        1 + random.nextInt(4),
                        ZONES.get(random.nextInt(3)));
            case 3 -> {
                if (random.nextInt(3) == 0) {
                    there.jobs.remove(name);
                }
            }
            case 4 -> there.attached = !there.attached || random.nextBoolean();
            case 5 -> board.uploadFails = random.nextInt(3) == 0;
            default -> board.uploadSteps = random.nextInt(4);
        }
    }

    @Test
    void whatWasMissedWhileNobodyLookedRunsOnceAsTheLatestOfIt() {
        prepare(1);
        job("v0", "a", JobTask.SNAPSHOT, "@hourly", 3, "");
        runUntil(now.plus(Duration.ofMinutes(10)), Duration.ofSeconds(30));
        now = now.plus(Duration.ofHours(50));
        scheduler = newScheduler();

        runUntil(now.plus(Duration.ofMinutes(2)), Duration.ofSeconds(30));

        assertThat(runsOf("v0", "a"))
                .extracting(JobRun::scheduled)
                .containsExactly(Instant.parse("2026-03-03T02:00:00Z"));
    }

    @Test
    void aClockThatIsPutBackALittleDoublesNothing() {
        prepare(1);
        job("v0", "a", JobTask.FILESYSTEM_TRIM, "@hourly", 1, "");
        runUntil(Instant.parse("2026-03-01T05:02:00Z"), Duration.ofSeconds(30));
        now = now.minus(Duration.ofMinutes(20));

        runUntil(Instant.parse("2026-03-01T07:02:00Z"), Duration.ofSeconds(30));

        assertThat(runsOf("v0", "a"))
                .extracting(JobRun::scheduled)
                .isSorted()
                .doesNotHaveDuplicates()
                .hasSize(7);
    }

    @Test
    void aClockThatWasAYearAheadStopsNoJobForAYear() {
        prepare(1);
        job("v0", "a", JobTask.FILESYSTEM_TRIM, "@hourly", 1, "");
        runUntil(now.plus(Duration.ofMinutes(61)), Duration.ofSeconds(30));
        Instant right = now;
        now = now.plus(Duration.ofDays(365));
        runUntil(now.plus(Duration.ofMinutes(1)), Duration.ofSeconds(30));
        now = right.plus(Duration.ofMinutes(2));

        runUntil(now.plus(Duration.ofHours(3)), Duration.ofSeconds(30));

        assertThat(runsOf("v0", "a")).hasSize(5);
    }

    @Test
    void aDetachedVolumeWaitsAndThenRunsOnce() {
        prepare(1);
        job("v0", "a", JobTask.FILESYSTEM_TRIM, "@hourly", 1, "");
        board.volume(new VolumeId("v0")).attached = false;
        runUntil(now.plus(Duration.ofHours(5)), Duration.ofSeconds(30));
        assertThat(runsOf("v0", "a")).isEmpty();

        board.volume(new VolumeId("v0")).attached = true;
        runUntil(now.plus(Duration.ofMinutes(2)), Duration.ofSeconds(30));

        assertThat(runsOf("v0", "a")).hasSize(1);
    }

    @Test
    void aFailingStoreFailsTheBackupJobOnlyAndIsTriedAgainWithoutPilingUp() {
        prepare(1);
        job("v0", "b", JobTask.BACKUP, "@hourly", 2, "");
        job("v0", "a", JobTask.SNAPSHOT, "@hourly", 2, "");
        board.uploadFails = true;
        for (int i = 0; i < 6; i++) {
            board.volume(new VolumeId("v0")).content++;
            runUntil(now.plus(Duration.ofHours(1)), Duration.ofSeconds(30));
        }
        assertThat(runsOf("v0", "b")).allMatch(run -> run.is(JobOutcome.FAILED)).hasSizeGreaterThan(3);
        assertThat(runsOf("v0", "a")).allMatch(run -> run.is(JobOutcome.SUCCEEDED));
        assertThat(board.volume(new VolumeId("v0")).backups).hasSize(1);

        board.uploadFails = false;
        runUntil(now.plus(Duration.ofHours(2)), Duration.ofSeconds(30));

        assertThat(runsOf("v0", "b").getLast().is(JobOutcome.FAILED)).isFalse();
        assertThat(board.volume(new VolumeId("v0")).backups.values()).allMatch(FakeBoard.Thing::ready);
    }

    @Test
    void nothingNewIsSkippedWithARecordAndLeavesNoSnapshot() {
        prepare(1);
        job("v0", "a", JobTask.SNAPSHOT, "@hourly", 5, "");

        runUntil(now.plus(Duration.ofHours(4)).plusSeconds(60), Duration.ofSeconds(30));

        assertThat(runsOf("v0", "a")).hasSize(4);
        assertThat(runsOf("v0", "a").getLast().end().orElseThrow().message())
                .startsWith("nothing new since snapshot a-");
        assertThat(board.volume(new VolumeId("v0")).snapshots).hasSize(3);
    }

    @Test
    void thereAreNeverMoreRunsThanTheSettingAndTheJobAllow() {
        prepare(1);
        board.uploadSteps = 5;
        board.settings = new io.drover.core.model.JobSettings(false, 2, 3);
        for (int i = 0; i < 3; i++) {
            job("v" + i, "b", JobTask.BACKUP, "@hourly", 1, "");
        }
        long most = 0;
        for (int i = 0; i < 2000; i++) {
            runUntil(now.plusSeconds(2), Duration.ofSeconds(2));
            most = Math.max(most, scheduler.activeRuns());
        }
        assertThat(most).isEqualTo(2);
        assertThat(board.ended).hasSize(3);
    }

    @Test
    void jitterDelaysEachTheSameAndNeverBeyondHalfOfItsInterval() {
        Planner planner = new Planner(ZoneOffset.UTC, Duration.ofMinutes(45));
        prepare(1);
        job("v0", "a", JobTask.SNAPSHOT, "@hourly", 1, "");
        runUntil(now.plusSeconds(10), Duration.ofSeconds(5));
        Agenda.Entry entry = board.agenda().entries().getFirst();

        Decision.Wait wait = (Decision.Wait) planner.decide(entry, board.settings, now, now);

        Instant next = Instant.parse("2026-03-01T01:00:00Z");
        assertThat(wait.until()).isBetween(next, next.plus(Duration.ofMinutes(30)));
        assertThat(planner.decide(entry, board.settings, wait.until().minusMillis(1), now))
                .isNotInstanceOf(Decision.Begin.class);
        assertThat(planner.decide(entry, board.settings, wait.until(), now))
                .isEqualTo(
                        new Decision.Begin(entry.history().orElseThrow().plan().orElseThrow(), next, false));
    }
}
