package io.drover.e2e.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.drover.e2e.fixture.Attached;
import io.drover.e2e.fixture.Host;
import io.drover.e2e.fixture.PoolEngine;
import io.drover.proto.jobs.v1.CompareSnapshotsRequest;
import io.drover.proto.jobs.v1.RecurringJob;
import io.drover.proto.jobs.v1.Run;
import io.drover.proto.jobs.v1.TakeSnapshotRequest;
import io.drover.proto.operations.v1.CreateBackupRequest;
import io.drover.proto.operations.v1.CreateSnapshotRequest;
import io.drover.proto.operations.v1.SetSettingRequest;
import io.drover.proto.operations.v1.VolumeSummary;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What jobs leave of a mounted volume: which results stay, what failures say, what trimming gives back, what counts as nothing new. */
@Tag("root")
@SuppressWarnings("NullAway.Init")
class JobsIT {
    private static final int MEBI = 1 << 20;

    private JobHost host;

    @BeforeAll
    static void needs() {
        Host.needs(PoolEngine.BTRFS);
    }

    @BeforeEach
    void start() {
        host = new JobHost();
    }

    @AfterEach
    void stop() {
        host.close();
    }

    @Test
    void theNewestResultsStayAndNothingOfAnybodyElse() {
        // Given
        host.mounted("ext4", 256L * MEBI, jobs(3, 2));
        host.write("large", 40 * MEBI);
        var _ = host.drover
                .operations()
                .createSnapshot(CreateSnapshotRequest.newBuilder()
                        .setVolume("data")
                        .setName("of-a-person")
                        .build());
        var _ = host.drover.csi().createSnapshot("of-csi", "data");
        var _ = host.drover
                .operations()
                .createBackup(CreateBackupRequest.newBuilder()
                        .setVolume("data")
                        .setName("by-hand")
                        .build());
        await().atMost(Duration.ofMinutes(1)).until(() -> host.backups().contains("by-hand"));

        // When
        List<String> snaps = new ArrayList<>();
        List<String> baks = new ArrayList<>();
        List<Long> sent = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            host.write("small-" + i, MEBI);
            snaps.add(host.succeed("snap").getResult());
            Run backup = host.succeed("bak");
            baks.add(backup.getResult());
            sent.add(backup.getBytes());
        }

        // Then the newest, and of the local snapshots of backups the base of the next one
        List<String> kept = new ArrayList<>(List.of("of-a-person", "of-csi", baks.getLast()));
        kept.addAll(snaps.subList(1, 4));
        assertThat(host.snapshots()).containsExactlyInAnyOrderElementsOf(kept);
        assertThat(host.backups()).containsExactlyInAnyOrder("by-hand", baks.get(2), baks.get(3));
        assertThat(sent.subList(1, 4)).as("bytes of the incremental ones").allMatch(bytes -> bytes < 20L * MEBI);

        // When less is to be kept, that holds at the next run
        host.modify(jobs(1, 1));
        assertThat(host.snapshots()).containsExactlyInAnyOrderElementsOf(kept);
        assertThat(host.backups()).hasSize(3);
        host.write("small-4", MEBI);
        String snap = host.succeed("snap").getResult();
        Run bak = host.succeed("bak");

        // Then
        assertThat(host.snapshots()).containsExactlyInAnyOrder("of-a-person", "of-csi", snap, bak.getResult());
        assertThat(host.backups()).containsExactlyInAnyOrder("by-hand", bak.getResult());
        assertThat(bak.getBytes()).as("bytes, on the base that was kept").isLessThan(20L * MEBI);
    }

    private static String jobs(int snapshots, int backups) {
        return "[" + JobHost.job("snap", "snapshot", snapshots) + "," + JobHost.job("bak", "backup", backups) + "]";
    }

    @Test
    void aTargetThatIsDownIsSaidOfItsJobAndOfTheVolumeUntilASuccess() throws IOException {
        // Given
        host.mounted("ext4", 64L * MEBI, jobs(2, 2));
        setting("recurring-job-failure-limit", "2");
        Instant begun = Instant.now();
        Files.move(host.store.path(), host.workspace.path("away"));

        // When
        Run first = host.run("bak");
        assertThat(host.volume().getSummary().getAbnormal())
                .as("below the limit")
                .isFalse();
        Run second = host.run("bak");

        // Then
        assertThat(List.of(first, second)).allMatch(run -> run.getOutcome().equals("failed"));
        assertThat(second.getMessage()).contains(host.store.path().toString());
        VolumeSummary troubled = host.volume().getSummary();
        assertThat(troubled.getAbnormal()).isTrue();
        assertThat(troubled.getCondition())
                .contains("recurring job bak has failed 2 times in a row: ")
                .contains(host.store.path().toString());
        assertThat(host.figure("drover_job_failures", "bak")).contains(2.0);
        assertThat(host.figure("drover_job_failures_in_row", "bak")).contains(2.0);
        assertThat(host.figure("drover_job_last_success_timestamp_seconds", "bak"))
                .isEmpty();

        // And the other job goes on
        host.succeed("snap");
        assertThat(host.figure("drover_job_failures", "snap")).contains(0.0);
        assertThat(host.figure("drover_job_last_success_timestamp_seconds", "snap")
                        .orElseThrow())
                .isBetween(
                        (double) begun.getEpochSecond(), (double) Instant.now().getEpochSecond() + 1);
        assertThat(host.figure("drover_job_last_duration_seconds", "snap").orElseThrow())
                .isBetween(0.0, 60.0);

        // When it is back
        Files.move(host.workspace.path("away"), host.store.path());
        host.succeed("bak");

        // Then
        assertThat(host.volume().getSummary().getAbnormal()).isFalse();
        assertThat(host.figure("drover_job_failures", "bak")).contains(2.0);
        assertThat(host.figure("drover_job_failures_in_row", "bak")).contains(0.0);
        assertThat(host.figure("drover_job_running", "bak")).contains(0.0);
        assertThat(host.figure("drover_job_last_success_timestamp_seconds", "bak"))
                .isPresent();
    }

    private void setting(String name, String value) {
        var _ = host.drover
                .operations()
                .setSetting(SetSettingRequest.newBuilder()
                        .setName(name)
                        .setValue(value)
                        .build());
    }

    @Test
    void trimmingGivesBackWhatFilesHeld() throws IOException {
        // Given
        var _ = host.drover
                .client()
                .jobs()
                .createJob(RecurringJob.newBuilder()
                        .setName("trim")
                        .setTask("filesystem-trim")
                        .setCron("@yearly")
                        .addGroups("default")
                        .setConcurrency(1)
                        .build());
        Attached attached = host.mounted("ext4", 256L * MEBI, "");
        host.write("large", 100 * MEBI);
        long before = host.volume().getSummary().getAllocatedBytes();
        Files.delete(attached.target().resolve("large"));
        host.sync();

        // When
        Run run = host.succeed("trim");

        // Then
        assertThat(run.getBytes()).isGreaterThanOrEqualTo(100L * MEBI);
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(host.volume().getSummary().getAllocatedBytes())
                        .isLessThan(before - 90L * MEBI));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ext4", "xfs", "btrfs"})
    void whatFreezingWritesIsNothingNew(String fileSystem) {
        // Given
        host.mounted(fileSystem, 512L * MEBI, "");
        host.write("file", MEBI);

        // Then (ext4 makes its inode tables ready for a while at first)
        int[] number = {0};
        await().atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> isSame(take(++number[0]), take(++number[0])));

        // And a byte that was written is something
        String before = take(++number[0]);
        host.write("other", 1);
        assertThat(isSame(before, take(++number[0]))).isFalse();
        String then = take(++number[0]);
        host.write("file", MEBI - 1);
        assertThat(isSame(then, take(++number[0])))
                .as("a file that was written again")
                .isFalse();
    }

    private String take(int number) {
        String name = "shot-" + number;
        var _ = host.drover
                .client()
                .scheduling()
                .takeSnapshot(TakeSnapshotRequest.newBuilder()
                        .setVolume("data")
                        .setJob("shot")
                        .setSnapshot(name)
                        .build());
        return name;
    }

    private boolean isSame(String base, String snapshot) {
        return host.drover
                .client()
                .scheduling()
                .compareSnapshots(CompareSnapshotsRequest.newBuilder()
                        .setVolume("data")
                        .setSnapshot(snapshot)
                        .setBase(base)
                        .build())
                .getSame();
    }
}
