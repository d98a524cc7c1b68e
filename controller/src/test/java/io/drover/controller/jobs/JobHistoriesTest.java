package io.drover.controller.jobs;

import static io.drover.controller.jobs.JobWorld.DATA;
import static io.drover.controller.jobs.JobWorld.PLAN;
import static org.assertj.core.api.Assertions.assertThat;

import io.drover.controller.fake.Expect;
import io.drover.controller.fake.World;
import io.drover.core.error.ErrorCode;
import io.drover.core.error.StorageException;
import io.drover.core.model.JobHistory;
import io.drover.core.model.JobOutcome;
import io.drover.core.model.JobPlan;
import io.drover.core.model.JobRun;
import io.drover.core.model.JobSettings;
import io.drover.core.model.JobTask;
import io.drover.core.model.Settings;
import io.drover.core.model.SnapshotId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class JobHistoriesTest {
    private final JobWorld jobs = new JobWorld();
    private final World world = jobs.world;

    private JobHistories histories() {
        return jobs.jobs().histories();
    }

    private void later(Duration by) {
        world.clock.advance(by);
    }

    /** Whatever is tried, the record stays as it was. */
    private void refused(ErrorCode code, Runnable call, String... words) {
        JobHistory before = jobs.history("snap");
        Expect.code(code, call::run, words);
        assertThat(jobs.history("snap")).isEqualTo(before);
    }

    @Test
    void aJobThatIsFirstSeenCountsFromThere() {
        // When
        jobs.track("snap");
        jobs.track("snap");

        // Then
        assertThat(jobs.history("snap"))
                .isEqualTo(JobHistory.begin(DATA, "snap", jobs.now()).tracked(Optional.of(PLAN), jobs.now()));
        Expect.code(
                ErrorCode.NOT_FOUND,
                () -> histories().track(World.volume("gone"), "snap", Optional.of(PLAN), jobs.now()),
                "gone");
        assertThat(histories().all()).hasSize(1);
    }

    @Test
    void aRunIsNamedAfterJobAndTimeAndIsNotBegunTwice() {
        // Given
        jobs.track("snap");
        later(Duration.ofHours(1));

        // When
        JobRun run = jobs.begin("snap");

        // Then
        assertThat(run)
                .isEqualTo(new JobRun(
                        JobTask.SNAPSHOT, jobs.now(), false, jobs.now(), "snap-20261123-130000", Optional.empty()));
        assertThat(jobs.history("snap").handled()).isEqualTo(jobs.now());
        refused(
                ErrorCode.BUSY,
                () -> jobs.begin("snap"),
                "cannot begin a run of job snap of volume data: the one of 2026-11-23T13:00:00Z is under way");
        later(Duration.ofHours(1));
        refused(ErrorCode.BUSY, () -> jobs.begin("snap"), "is under way");

        // And once it has ended its time is done with, and so are those before
        jobs.finish("snap", run, JobOutcome.SUCCEEDED, "");
        refused(
                ErrorCode.EXISTS_DIFFERENT,
                () -> histories().begin(DATA, "snap", PLAN, run.scheduled(), false),
                "it was done already");
        refused(
                ErrorCode.EXISTS_DIFFERENT,
                () -> histories().begin(DATA, "snap", PLAN, run.scheduled().minusSeconds(1), false),
                "it was done already");
        assertThat(jobs.begin("snap").result()).isEqualTo("snap-20261123-140000");
    }

    @Test
    void aNameThatIsTakenGetsANumber() {
        // Given
        var _ = world.services().backups().targets().add("default", "file:///store", Map.of());
        jobs.track("snap");
        jobs.track("bak");
        later(Duration.ofHours(1));
        world.snapshot("data", "snap-20261123-130000");
        world.snapshot("data", "bak-20261123-130000");
        var _ = jobs.jobs().work().backUp(DATA, "other", "bak-20261123-130000", Map.of(), true);
        world.services().snapshotDeletion().delete(new SnapshotId(DATA, "bak-20261123-130000"));

        // Then
        assertThat(jobs.begin("snap").result()).isEqualTo("snap-20261123-130000-2");
        assertThat(jobs.begin("bak").result()).isEqualTo("bak-20261123-130000-2");
    }

    @Test
    void aTaskThatKeepsNothingMakesNothing() {
        JobPlan trim = new JobPlan(JobTask.FILESYSTEM_TRIM, "@hourly", "UTC");
        histories().track(DATA, "trim", Optional.of(trim), jobs.now());
        later(Duration.ofHours(1));

        assertThat(histories().begin(DATA, "trim", trim, jobs.now(), false).result())
                .isEmpty();
    }

    @Test
    void aJobThatWasChangedOrIsGoneIsNotBegunByTheOldPlan() {
        jobs.track("snap");
        later(Duration.ofHours(1));
        refused(
                ErrorCode.EXISTS_DIFFERENT,
                () -> histories()
                        .begin(DATA, "snap", new JobPlan(JobTask.SNAPSHOT, "@daily", "UTC"), jobs.now(), false),
                "it was changed meanwhile");

        histories().track(DATA, "snap", Optional.empty(), jobs.now());
        refused(ErrorCode.EXISTS_DIFFERENT, () -> jobs.begin("snap"), "it was changed meanwhile");
        Expect.code(ErrorCode.NOT_FOUND, () -> jobs.begin("unknown"));
        Expect.code(
                ErrorCode.NOT_FOUND,
                () -> histories().begin(World.volume("gone"), "snap", PLAN, jobs.now(), false),
                "gone");
    }

    @Test
    void whatNobodyAskedForIsNotRunAsIfSomebodyHad() {
        jobs.track("snap");
        later(Duration.ofHours(1));

        refused(
                ErrorCode.EXISTS_DIFFERENT,
                () -> histories().begin(DATA, "snap", PLAN, jobs.now(), true),
                "it was done already");
    }

    @Test
    void aRequestIsAnsweredOnceAndLeavesTheScheduleAlone() {
        // Given
        jobs.job("snap", 1, "default");
        jobs.attach("data", false);
        jobs.track("snap");
        Instant counted = jobs.history("snap").handled();
        later(Duration.ofMinutes(5));
        Instant requested = histories().request(DATA, "snap");
        later(Duration.ofMinutes(1));
        assertThat(histories().request(DATA, "snap")).as("asking again").isEqualTo(requested);

        // When
        JobRun run = histories().begin(DATA, "snap", PLAN, requested, true);

        // Then
        assertThat(run.manual()).isTrue();
        assertThat(jobs.history("snap").handled()).isEqualTo(counted);
        assertThat(jobs.history("snap").requested()).isEmpty();
        jobs.finish("snap", run, JobOutcome.SUCCEEDED, "");
        refused(ErrorCode.EXISTS_DIFFERENT, () -> histories().begin(DATA, "snap", PLAN, requested, true), "done");

        // And a job that is taken away takes what was asked for with it
        var _ = histories().request(DATA, "snap");
        histories().track(DATA, "snap", Optional.empty(), jobs.now());
        assertThat(jobs.history("snap").requested()).isEmpty();
    }

    @Test
    void aRequestThatCannotBeServedIsRefusedWithTheRemedy() {
        // A volume without jobs, and one with another
        Expect.code(ErrorCode.NOT_FOUND, () -> histories().request(DATA, "snap"), "has no job \"snap\"; it has none");
        jobs.job("snap", 1, "default");
        Expect.code(
                ErrorCode.NOT_FOUND,
                () -> histories().request(DATA, "snpa"),
                "volume data has no job \"snpa\"; did you mean \"snap\"?");
        Expect.code(ErrorCode.NOT_FOUND, () -> histories().request(World.volume("gone"), "snap"), "gone");

        // Detached
        Expect.code(
                ErrorCode.IN_USE,
                () -> histories().request(DATA, "snap"),
                "it is attached nowhere; mount it, or allow it with `drover setting set"
                        + " allow-recurring-job-while-volume-detached true`");
        assertThat(histories().all()).isEmpty();
        settings(new JobSettings(true, 5, 3), 250);
        assertThat(histories().request(DATA, "snap")).isEqualTo(jobs.now());

        // A job that the settings forbid by now
        settings(JobSettings.DEFAULTS, 0);
        Expect.code(ErrorCode.INVALID, () -> histories().request(DATA, "snap"), "retain 1 is not possible");
    }

    private void settings(JobSettings of, int maximumRetention) {
        world.settings = new Settings(200, 10, 0, true, maximumRetention, Settings.DEFAULTS.backups(), of);
    }

    @Test
    void anEndIsWrittenOnceAndOnlyByTheRunUnderWay() {
        // Given
        jobs.track("snap");
        later(Duration.ofHours(1));
        JobRun run = jobs.begin("snap");
        later(Duration.ofSeconds(7));

        // When
        JobRun other = new JobRun(
                run.task(), run.scheduled(), false, run.started().minusSeconds(1), run.result(), Optional.empty());
        jobs.finish("snap", other, JobOutcome.FAILED, "of another time");
        assertThat(jobs.history("snap").running()).contains(run);
        jobs.finish("snap", run, JobOutcome.SUCCEEDED, "");
        later(Duration.ofSeconds(1));
        jobs.finish("snap", run, JobOutcome.FAILED, "again");

        // Then
        JobHistory history = jobs.history("snap");
        assertThat(history.running()).isEmpty();
        assertThat(history.runs()).singleElement().matches(each -> each.is(JobOutcome.SUCCEEDED));
        assertThat(history.failures()).isZero();
        assertThat(history.lastDuration()).contains(Duration.ofSeconds(7));
        assertThat(history.lastSuccess()).contains(run.started().plusSeconds(7));
        Expect.code(
                ErrorCode.NOT_FOUND,
                () -> histories()
                        .finish(
                                World.volume("gone"),
                                "snap",
                                run.ended(new JobRun.End(JobOutcome.FAILED, jobs.now(), 0, ""))));
        Expect.code(ErrorCode.INVALID, () -> histories().finish(DATA, "snap", run), "the end of the run is missing");
    }

    private void run(JobOutcome outcome, String message) {
        later(Duration.ofHours(1));
        JobRun run = jobs.begin("snap");
        later(Duration.ofSeconds(1));
        jobs.finish("snap", run, outcome, message);
    }

    @Test
    void theHistoryIsBoundedAndQuietHoursTakeOneLine() {
        // Given
        jobs.track("snap");
        for (int i = 0; i < 25; i++) {
            run(JobOutcome.SUCCEEDED, "");
        }
        assertThat(jobs.history("snap").runs()).hasSize(JobHistory.KEPT);

        // When
        for (int i = 0; i < 30; i++) {
            run(JobOutcome.SKIPPED, "nothing new since snapshot a");
        }
        run(JobOutcome.SKIPPED, "nothing new since snapshot b");

        // Then
        List<JobRun> runs = jobs.history("snap").runs();
        assertThat(runs).hasSize(JobHistory.KEPT);
        assertThat(runs.subList(0, 2)).allMatch(run -> run.is(JobOutcome.SKIPPED));
        assertThat(runs.subList(2, runs.size())).allMatch(run -> run.is(JobOutcome.SUCCEEDED));
    }

    @Test
    void aLongMessageIsCut() {
        jobs.track("snap");
        run(JobOutcome.FAILED, "x".repeat(10_000));

        assertThat(jobs.history("snap").runs().getFirst().end().orElseThrow().message())
                .hasSize(2001)
                .endsWith("…");
    }

    @Test
    void failuresInARowTroubleTheVolumeUntilASuccess() {
        // Given
        jobs.track("snap");
        run(JobOutcome.SUCCEEDED, "");
        run(JobOutcome.FAILED, "one");
        run(JobOutcome.FAILED, "two");
        assertThat(histories().troubles()).isEmpty();

        // When
        run(JobOutcome.FAILED, "the target does not answer");

        // Then
        assertThat(histories().troubles())
                .containsExactly(Map.entry(
                        DATA, List.of("recurring job snap has failed 3 times in a row: the target does not answer")));
        assertThat(world.services().queries().detail(DATA).condition())
                .matches(condition -> condition.abnormal())
                .extracting(condition -> condition.message())
                .asString()
                .contains("recurring job snap has failed 3 times in a row: the target does not answer");

        // And a success ends it
        run(JobOutcome.SUCCEEDED, "");
        assertThat(histories().troubles()).isEmpty();
        assertThat(world.services().queries().detail(DATA).condition().abnormal())
                .isFalse();
        assertThat(jobs.history("snap").failures()).as("of all time").isEqualTo(3);
    }

    @Test
    void aJobThatIsGoneTroublesNobody() {
        jobs.track("snap");
        for (int i = 0; i < 3; i++) {
            run(JobOutcome.FAILED, "no");
        }
        histories().track(DATA, "snap", Optional.empty(), jobs.now());

        assertThat(histories().troubles()).isEmpty();
    }

    @Test
    void ofManySchedulersOneBegins() throws Exception {
        // Given
        jobs.track("snap");
        later(Duration.ofHours(1));
        List<JobHistories> processes =
                List.of(histories(), world.another().jobs().histories());

        // When
        List<Callable<Boolean>> attempts = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            JobHistories process = processes.get(i % 2);
            attempts.add(() -> {
                try {
                    var _ = process.begin(DATA, "snap", PLAN, jobs.now(), false);
                    return true;
                } catch (StorageException e) {
                    assertThat(e.code()).isIn(ErrorCode.BUSY, ErrorCode.EXISTS_DIFFERENT);
                    return false;
                }
            });
        }
        long begun = 0;
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            for (Future<Boolean> each : threads.invokeAll(attempts)) {
                begun += each.get() ? 1 : 0;
            }
        }

        // Then
        assertThat(begun).isEqualTo(1);
    }

    @Test
    void historiesGoWithTheirVolume() {
        jobs.track("snap");
        world.services().deletion().delete(DATA);
        assertThat(histories().all()).isEmpty();

        // And what is written while it is being deleted, later
        world.store.create(JobHistory.begin(DATA, "late", jobs.now()));
        histories().removeOrphans();
        assertThat(histories().all()).isEmpty();
    }
}
