package io.drover.controller.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.core.model.AccessMode;
import io.drover.core.model.ByteSize;
import io.drover.core.model.EffectiveJob;
import io.drover.core.model.JobTask;
import io.drover.core.model.RecurringJob;
import io.drover.core.model.Settings;
import io.drover.core.model.Volume;
import io.drover.core.model.VolumeId;
import io.drover.core.model.VolumeSource;
import io.drover.core.model.VolumeState;
import io.drover.core.parameters.ParameterReader;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class EffectiveJobsTest {
    private static final String OWN =
            "[{\"name\":\"nightly\",\"task\":\"snapshot\",\"cron\":\"@hourly\",\"retain\":3}]";

    private final EffectiveJobs jobs = new EffectiveJobs(
            List.of(
                    job("usual", "@daily", "default"),
                    job("nightly", "@daily", "important"),
                    job("often", "@hourly", "important", "default"),
                    job("wrong", "every day")),
            250);

    private static RecurringJob job(String name, String cron, String... groups) {
        return new RecurringJob(
                name, JobTask.BACKUP, cron, 1, new TreeSet<>(Set.of(groups)), Map.of(), 1, "", Instant.EPOCH);
    }

    private static Volume volume(Map<String, String> parameters, Map<String, String> labels) {
        return new Volume(
                new VolumeId("data"),
                ByteSize.ofMebi(64),
                ParameterReader.read(parameters, Settings.DEFAULTS),
                Set.of(AccessMode.SINGLE_NODE_WRITER),
                false,
                true,
                new VolumeSource.Blank(),
                VolumeState.READY,
                List.of(),
                Optional.empty(),
                0,
                Volume.BLOCK_BYTES,
                labels,
                Instant.EPOCH);
    }

    private List<String> names(Map<String, String> parameters, Map<String, String> labels) {
        return jobs.of(volume(parameters, labels)).stream()
                .map(EffectiveJob::name)
                .toList();
    }

    @Test
    void aVolumeThatChoosesNothingHasTheDefaultGroup() {
        assertThat(names(Map.of(), Map.of("team", "blue"))).containsExactly("often", "usual");
    }

    @Test
    void aVolumeWithAJobOfItsOwnHasNotTheDefaultGroupAndHidesOneOfTheSameName() {
        List<EffectiveJob> found = jobs.of(
                volume(Map.of("recurringJobs", OWN), Map.of("recurring-job-group.drover.io/important", "enabled")));

        assertThat(found).extracting(EffectiveJob::name).containsExactly("nightly", "often");
        assertThat(found.getFirst().own()).isTrue();
        assertThat(names(Map.of("recurringJobs", OWN), Map.of())).containsExactly("nightly");
    }

    @Test
    void labelsAndSelectorsChooseByNameAndByGroup() {
        assertThat(names(Map.of(), Map.of("recurring-job.drover.io/usual", "enabled")))
                .containsExactly("usual");
        assertThat(names(Map.of(), Map.of("recurring-job-group.drover.io/important", "enabled")))
                .containsExactly("nightly", "often");
        assertThat(names(
                        Map.of(
                                "recurringJobSelector",
                                "[{\"name\":\"important\",\"isGroup\":true},{\"name\":\"usual\"}]"),
                        Map.of()))
                .containsExactly("nightly", "often", "usual");
        assertThat(names(Map.of(), Map.of("recurring-job.drover.io/nightly", "disabled")))
                .as("not enabled is not chosen")
                .containsExactly("often", "usual");
        assertThat(names(Map.of(), Map.of("recurring-job.drover.io/unknown", "enabled")))
                .isEmpty();
    }

    @Test
    void aJobThatSomebodyWroteWronglySaysWhy() {
        List<EffectiveJob> found = jobs.of(volume(Map.of(), Map.of("recurring-job.drover.io/wrong", "enabled")));

        assertThat(found)
                .singleElement()
                .extracting(EffectiveJob::problem)
                .asString()
                .contains("every day");
    }
}
