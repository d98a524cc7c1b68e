package io.drover.controller.jobs;

import static io.drover.controller.jobs.JobWorld.DATA;
import static org.assertj.core.api.Assertions.assertThat;

import io.drover.controller.fake.Expect;
import io.drover.controller.fake.World;
import io.drover.controller.volume.VolumeCondition;
import io.drover.core.error.ErrorCode;
import io.drover.core.jobs.RecurringJobDraft;
import io.drover.core.model.RecurringJob;
import io.drover.core.model.Settings;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RetentionLimitTest {
    private static final String NIGHTLY = "recurring-job.drover.io/nightly";

    private final JobWorld jobs = new JobWorld();
    private final World world = jobs.world;

    private static RecurringJobDraft nightly(String task, int retain, String... groups) {
        return new RecurringJobDraft("nightly", task, "@daily", retain, List.of(groups), Map.of(), 1, "");
    }

    private VolumeCondition condition() {
        return world.services().queries().detail(DATA).condition();
    }

    @Test
    void aLabelThatBringsAVolumeAboveTheLimitIsRefused() {
        // Given
        var _ = jobs.own("data", JobWorld.snapshots("own", 200));
        jobs.job("nightly", 51);

        // When, Then
        Expect.code(
                ErrorCode.INVALID,
                () -> jobs.label("data", NIGHTLY),
                "cannot change the jobs of volume data: they would keep 251 results in sum (nightly 51, own 200), at most"
                        + " 250 are possible (setting maximum-retention); let one of them retain less, choose fewer,"
                        + " or raise the setting");
        assertThat(world.services().records().visible(DATA).labels()).isEmpty();

        // And within it is not
        var _ = jobs.own("data", JobWorld.snapshots("own", 199));
        jobs.label("data", NIGHTLY);
        assertThat(condition().abnormal()).isFalse();
    }

    @Test
    void jobsOfItsOwnThatBringAVolumeAboveTheLimitAreRefused() {
        jobs.job("nightly", 51);
        jobs.label("data", NIGHTLY);

        Expect.code(ErrorCode.INVALID, () -> jobs.own("data", JobWorld.snapshots("own", 200)), "251 results in sum");

        assertThat(world.services().records().visible(DATA).parameters().recurringJobs())
                .isEmpty();
        assertThat(jobs.own("data", JobWorld.snapshots("own", 199)).parameters().recurringJobs())
                .hasSize(1);
    }

    @Test
    void aJobThatBringsVolumesAboveTheLimitIsRefusedNamingThem() {
        // Given
        jobs.job("nightly", 50);
        for (String volume : List.of("a", "b", "c", "d")) {
            world.create(volume);
            var _ = jobs.own(volume, JobWorld.snapshots("own", 200));
            jobs.label(volume, NIGHTLY);
        }

        // When, Then
        Expect.code(
                ErrorCode.INVALID,
                () -> jobs.jobs().catalog().replace(nightly("snapshot", 51)),
                "cannot use recurring job \"nightly\" beside the others: the jobs of volume a would keep 251 results in sum"
                        + " (nightly 51, own 200)",
                "the jobs of volume c",
                "; and 1 more; let one of them");
        assertThat(jobs.jobs().catalog().get("nightly").retain()).isEqualTo(50);

        // And a task that keeps nothing counts for nothing
        assertThat(jobs.jobs()
                        .catalog()
                        .replace(nightly("filesystem-trim", 250))
                        .retain())
                .isEqualTo(250);
    }

    @Test
    void jobsOfTheGroupDefaultAreHeldTogetherBeforeThereIsAnyVolume() {
        world.services().deletion().delete(DATA);
        jobs.job("often", 200, RecurringJob.DEFAULT_GROUP);

        Expect.code(
                ErrorCode.INVALID,
                () -> jobs.jobs().catalog().create(nightly("snapshot", 51, "default")),
                "the jobs of a volume that chooses none would keep 251 results in sum (nightly 51, often 200)");

        assertThat(jobs.jobs().catalog().effective().jobs()).hasSize(1);
        var _ = jobs.jobs().catalog().create(nightly("snapshot", 51, "other"));
    }

    @Test
    void whatIsAboveTheLimitAlreadySaysSoAndCanGoDown() {
        // Given
        var _ = jobs.own("data", JobWorld.snapshots("own", 200));
        jobs.job("nightly", 50);
        jobs.label("data", NIGHTLY);
        assertThat(condition().abnormal()).isFalse();

        // When
        world.settings = new Settings(200, 10, 0, true, 220);

        // Then
        assertThat(condition().abnormal()).isTrue();
        assertThat(condition().message())
                .contains("its recurring jobs keep 250 results in sum (nightly 50, own 200), at most 220 are possible"
                        + " (setting maximum-retention); let one of them retain less");
        assertThat(jobs.jobs().agenda().warnings(world.services().records().visible(DATA)))
                .singleElement()
                .asString()
                .contains("250 results in sum");

        // And less is taken, also if it is too much still; more is not
        var _ = jobs.own("data", JobWorld.snapshots("own", 180));
        assertThat(condition().abnormal()).isTrue();
        Expect.code(ErrorCode.INVALID, () -> jobs.own("data", JobWorld.snapshots("own", 181)), "231 results");
        var _ = jobs.jobs().catalog().replace(nightly("snapshot", 40));
        assertThat(condition().abnormal()).isFalse();
    }

    @Test
    void aVolumeIsMadeWhateverTheRecurringJobsAreLike() {
        // Given jobs that somebody wrote past us
        for (String name : List.of("one", "two")) {
            var _ = world.store.create(
                    new RecurringJobDraft(name, "snapshot", "@daily", 200, List.of("default"), Map.of(), 1, "")
                            .accepted(250, jobs.now()));
        }

        // When
        world.create("new");

        // Then
        assertThat(world.services()
                        .queries()
                        .detail(World.volume("new"))
                        .condition()
                        .message())
                .contains("its recurring jobs keep 400 results in sum (one 200, two 200)");
    }
}
