package io.drover.controller.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drover.controller.fake.Wire;
import io.drover.core.rpc.Timestamps;
import io.drover.proto.jobs.v1.BeginRunRequest;
import io.drover.proto.jobs.v1.DeleteJobRequest;
import io.drover.proto.jobs.v1.GetAgendaRequest;
import io.drover.proto.jobs.v1.GetJobRequest;
import io.drover.proto.jobs.v1.LabelVolumeRequest;
import io.drover.proto.jobs.v1.ListJobRunsRequest;
import io.drover.proto.jobs.v1.ListJobsRequest;
import io.drover.proto.jobs.v1.Plan;
import io.drover.proto.jobs.v1.RecurringJob;
import io.drover.proto.jobs.v1.RunJobRequest;
import io.drover.proto.jobs.v1.TrackJobRequest;
import io.drover.proto.operations.v1.CreateVolumeRequest;
import io.drover.proto.operations.v1.GetVolumeRequest;
import io.drover.proto.operations.v1.VolumeDetail;
import io.drover.proto.operations.v1.VolumeSummary;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class JobsServiceTest {
    private static final RecurringJob NIGHTLY = RecurringJob.newBuilder()
            .setName("nightly")
            .setTask("snapshot")
            .setCron("0 2 * * *")
            .setRetain(7)
            .setConcurrency(1)
            .build();
    private static final Plan PLAN = Plan.newBuilder()
            .setTask("snapshot")
            .setCron("0 2 * * *")
            .setTimeZone("UTC")
            .build();

    private final Wire wire = new Wire();

    @AfterEach
    void close() {
        wire.close();
    }

    private VolumeSummary create(String name, String... parameter) {
        CreateVolumeRequest.Builder request =
                CreateVolumeRequest.newBuilder().setName(name).setSizeBytes(1L << 30);
        if (parameter.length > 0) {
            request.putParameters(parameter[0], parameter[1]);
        }
        return wire.operations().createVolume(request.build());
    }

    private VolumeDetail show(String name) {
        return wire.operations()
                .getVolume(GetVolumeRequest.newBuilder().setName(name).build());
    }

    private static void refused(Status.Code code, Runnable call, String... words) {
        assertThatThrownBy(call::run)
                .isInstanceOfSatisfying(
                        StatusRuntimeException.class,
                        e -> assertThat(e.getStatus().getCode()).isEqualTo(code))
                .hasMessageContainingAll(words);
    }

    @Test
    void aJobIsMadeOnceShownChangedAndDeleted() {
        // When
        RecurringJob made = wire.jobs().createJob(NIGHTLY);
        assertThat(wire.jobs().createJob(NIGHTLY)).isEqualTo(made);
        refused(
                Status.Code.ALREADY_EXISTS,
                () -> wire.jobs().createJob(NIGHTLY.toBuilder().setRetain(8).build()),
                "drover job modify nightly");
        RecurringJob changed =
                wire.jobs().replaceJob(made.toBuilder().setRetain(8).build());

        // Then
        assertThat(changed).isEqualTo(made.toBuilder().setRetain(8).build());
        assertThat(wire.jobs()
                        .getJob(GetJobRequest.newBuilder().setName("nightly").build())
                        .getJob())
                .isEqualTo(changed);
        var _ = wire.jobs()
                .deleteJob(DeleteJobRequest.newBuilder().setName("nightly").build());
        refused(
                Status.Code.NOT_FOUND,
                () -> wire.jobs()
                        .deleteJob(
                                DeleteJobRequest.newBuilder().setName("nightly").build()),
                "nightly");
        refused(Status.Code.NOT_FOUND, () -> wire.jobs().replaceJob(made), "nightly");
    }

    @Test
    void everythingThatIsWrongWithAJobIsSaidAtOnce() {
        RecurringJob wrong = RecurringJob.newBuilder()
                .setName("Nightly")
                .setTask("back-up")
                .setRetain(1)
                .setConcurrency(1)
                .build();

        refused(
                Status.Code.INVALID_ARGUMENT,
                () -> wire.jobs().createJob(wrong),
                "3 problems",
                "name \"Nightly\"",
                "task \"back-up\"",
                "cron is missing");
        assertThat(wire.jobs().listJobs(ListJobsRequest.getDefaultInstance()).getJobsList())
                .isEmpty();
    }

    @Test
    void aVolumeShowsLabelsJobsAndWhatHasNoEffect() {
        // Given
        var _ = wire.jobs().createJob(NIGHTLY);
        create("data", "recurringJobs", "[{\"name\":\"own\",\"task\":\"backup\",\"cron\":\"@hourly\",\"retain\":2}]");

        // When
        var labelled = wire.jobs()
                .labelVolume(LabelVolumeRequest.newBuilder()
                        .setName("data")
                        .putSet("recurring-job.drover.io/nightly", "enabled")
                        .putSet("recurring-job.drover.io/nihtly", "enabled")
                        .build());

        // Then
        VolumeDetail shown = show("data");
        assertThat(labelled.getWarningsList())
                .singleElement()
                .asString()
                .contains("nihtly", "did you mean \"nightly\"?");
        assertThat(shown.getWarningsList()).isEqualTo(labelled.getWarningsList());
        assertThat(shown.getLabelsMap()).isEqualTo(labelled.getLabelsMap()).hasSize(2);
        assertThat(shown.getJobsList())
                .extracting(job -> job.getName() + " " + job.getSource())
                .containsExactly("nightly recurring-job", "own volume");

        // And a job that goes says who is left without it
        assertThat(wire.jobs()
                        .deleteJob(
                                DeleteJobRequest.newBuilder().setName("nightly").build())
                        .getWarningsList())
                .containsExactly("volume data still chooses it by its name, to no effect");
    }

    @Test
    void aSelectorThatNamesNothingWarnsInTheAnswer() {
        VolumeSummary made = create("data", "recurringJobSelector", "[{\"name\":\"nightly\"}]");

        assertThat(made.getWarningsList()).hasSize(2).first().asString().contains("which does not exist");
        assertThat(made.getAbnormal()).isFalse();
        assertThat(create("plain").getWarningsList()).isEmpty();
    }

    @Test
    void theSchedulerSeesJobsAndItsRunsAreListed() {
        // Given
        var _ = wire.jobs().createJob(NIGHTLY.toBuilder().addGroups("default").build());
        create("data");
        assertThat(wire.scheduling()
                        .getAgenda(GetAgendaRequest.getDefaultInstance())
                        .getEntriesList())
                .singleElement()
                .matches(entry -> entry.getJob().equals("nightly") && !entry.hasHistory() && !entry.getAttached());
        var _ = wire.scheduling()
                .trackJob(TrackJobRequest.newBuilder()
                        .setVolume("data")
                        .setJob("nightly")
                        .setPlan(PLAN)
                        .setFrom(Timestamps.of(wire.clock.instant()))
                        .build());
        wire.clock.advance(Duration.ofDays(1));

        // When
        BeginRunRequest begin = BeginRunRequest.newBuilder()
                .setVolume("data")
                .setJob("nightly")
                .setPlan(PLAN)
                .setScheduled(Timestamps.of(wire.clock.instant()))
                .build();
        var run = wire.scheduling().beginRun(begin);

        // Then
        assertThat(run.getResult()).isEqualTo("nightly-20261124-120000");
        refused(Status.Code.ABORTED, () -> wire.scheduling().beginRun(begin), "is under way");
        assertThat(wire.jobs()
                        .listJobRuns(ListJobRunsRequest.newBuilder()
                                .setVolume("data")
                                .build())
                        .getRunsList())
                .singleElement()
                .matches(entry -> entry.getRun().getOutcome().isEmpty());
        refused(
                Status.Code.FAILED_PRECONDITION,
                () -> wire.jobs()
                        .runJob(RunJobRequest.newBuilder()
                                .setVolume("data")
                                .setJob("nightly")
                                .build()),
                "attached nowhere");
    }
}
