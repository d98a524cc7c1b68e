package io.drover.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.proto.jobs.v1.JobRunEntry;
import io.drover.proto.jobs.v1.JobSummary;
import io.drover.proto.jobs.v1.Run;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JobListingsTest {
    private static JobRunEntry run(String outcome) {
        return JobRunEntry.newBuilder()
                .setVolume("data")
                .setJob("often")
                .setRun(Run.newBuilder()
                        .setTask("snapshot")
                        .setOutcome(outcome)
                        .setResult("often-1")
                        .setMessage("nothing new"))
                .build();
    }

    @Test
    void aSkippedRunNamesNoResultSinceNothingIsLeftOfIt() {
        assertThat(JobListings.RUNS.table(List.of(run("skipped")))).doesNotContain("often-1");
        assertThat(JobListings.RUNS.object(run("skipped")))
                .extractingByKey("run")
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.map(String.class, Object.class))
                .containsAllEntriesOf(Map.of("result", "", "message", "nothing new"));
        assertThat(JobListings.RUNS.table(List.of(run("succeeded")))).contains("often-1");
    }

    @Test
    void whatKeepsNothingRetainsNothing() {
        JobSummary job = JobSummary.newBuilder()
                .setName("trim")
                .setTask("filesystem-trim")
                .setCron("@weekly")
                .setRetain(7)
                .build();

        assertThat(JobListings.OF_VOLUME.table(List.of(job))).doesNotContain("7");
        assertThat(JobListings.OF_VOLUME.table(
                        List.of(job.toBuilder().setTask("snapshot").build())))
                .contains("7");
    }
}
