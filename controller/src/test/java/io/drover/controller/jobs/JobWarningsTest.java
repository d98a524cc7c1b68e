package io.drover.controller.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.controller.fake.World;
import io.drover.controller.volume.VolumeSpecification;
import io.drover.core.jobs.RecurringJobDraft;
import io.drover.core.model.Settings;
import io.drover.core.model.Volume;
import io.drover.core.parameters.ParameterReader;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class JobWarningsTest {
    private final JobWorld jobs = new JobWorld();
    private final World world = jobs.world;

    private List<String> labelled(String key, String value) {
        Volume volume = jobs.jobs().labels().change(JobWorld.DATA, Map.of(key, value), List.of());
        return jobs.jobs().agenda().warnings(volume);
    }

    private List<String> selected(String selector) {
        VolumeSpecification blank = World.blank("selected");
        Volume volume = world.services()
                .creation()
                .create(new VolumeSpecification(
                        blank.id(),
                        blank.size(),
                        ParameterReader.read(Map.of("recurringJobSelector", selector), Settings.DEFAULTS),
                        false,
                        blank.accessModes(),
                        false,
                        true,
                        blank.source(),
                        Set.of(),
                        List.of()));
        return jobs.jobs().agenda().warnings(volume);
    }

    @Test
    void aVolumeThatSaysNothingIsNotWarned() {
        jobs.job("nightly", 1, "default");

        assertThat(labelled("team", "blue")).isEmpty();
        assertThat(labelled("recurring-job.drover.io/nightly", "enabled")).isEmpty();
        assertThat(labelled("recurring-job-group.drover.io/default", "enabled")).isEmpty();
    }

    @Test
    void aLabelThatNamesNoJobOrGroup() {
        assertThat(labelled("recurring-job.drover.io/nihtly", "enabled"))
                .containsExactly(
                        "label recurring-job.drover.io/nihtly names the job \"nihtly\", which does not exist; there are no jobs",
                        "the volume has no recurring job at all: those of the group \"default\" are for volumes that choose none");

        jobs.job("nightly", 1, "important");
        assertThat(labelled("recurring-job-group.drover.io/imported", "enabled"))
                .containsExactly(
                        "label recurring-job-group.drover.io/imported names the group \"imported\", to which no RecurringJob"
                                + " belongs; did you mean \"important\"?",
                        "label recurring-job.drover.io/nihtly names the job \"nihtly\", which does not exist; did you mean"
                                + " \"nightly\"?",
                        "the volume has no recurring job at all: those of the group \"default\" are for volumes that choose none");

        // And with one that exists it has jobs
        assertThat(labelled("recurring-job.drover.io/nightly", "enabled")).hasSize(2);
    }

    @Test
    void aSelectorThatNamesNoJobOrGroup() {
        jobs.job("nightly", 1);

        assertThat(selected("[{\"name\":\"nightly\"},{\"name\":\"often\"},{\"name\":\"all\",\"isGroup\":true}]"))
                .containsExactly(
                        "recurringJobSelector names the job \"often\", which does not exist; known are nightly",
                        "recurringJobSelector names the group \"all\", to which no RecurringJob belongs; there are no groups");
    }

    @Test
    void aLabelThatMeansNothing() {
        jobs.job("nightly", 1);

        assertThat(labelled("recurring-job.drover.io/nightly", "true"))
                .containsExactly(
                        "label recurring-job.drover.io/nightly has the value \"true\" and chooses nothing; give it"
                                + " the value \"enabled\"");
        assertThat(labelled("recurring-job.longhorn.io/nightly", "enabled"))
                .contains(
                        "label recurring-job.longhorn.io/nightly has no effect; write recurring-job.drover.io/nightly");
    }

    @Test
    void aJobOfItsOwnThatHidesTheOneThatIsNamed() {
        jobs.job("nightly", 1);
        var _ = jobs.own("data", JobWorld.snapshots("nightly", 2));

        assertThat(labelled("recurring-job.drover.io/nightly", "enabled"))
                .containsExactly(
                        "label recurring-job.drover.io/nightly has no effect: the volume has a job \"nightly\" of"
                                + " its own, which goes before the RecurringJob of this name");
    }

    @Test
    void aJobThatCannotRun() {
        var _ = world.store.create(
                new RecurringJobDraft("nightly", "snapshot", "@daily", 300, List.of("default"), Map.of(), 1, "")
                        .accepted(300, jobs.now()));

        assertThat(labelled("team", "blue"))
                .singleElement()
                .asString()
                .startsWith("recurring job nightly cannot run: ")
                .contains("retain 300 is not possible");
    }

    @Test
    void whoStillChoosesAJobByItsName() {
        jobs.job("nightly", 1, "important");
        jobs.label("data", "recurring-job-group.drover.io/important");
        assertThat(jobs.jobs().agenda().choosing("nightly")).isEmpty();

        jobs.label("data", "recurring-job.drover.io/nightly");
        assertThat(jobs.jobs().agenda().choosing("nightly")).containsExactly(JobWorld.DATA);
    }
}
