package io.drover.e2e.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.drover.csi.v1.Volume;
import io.drover.csi.v1.VolumeCapability;
import io.drover.e2e.fixture.Attached;
import io.drover.e2e.fixture.Capabilities;
import io.drover.e2e.fixture.CsiClient;
import io.drover.e2e.fixture.Host;
import io.drover.e2e.fixture.OperationsClient;
import io.drover.e2e.fixture.Pool;
import io.drover.e2e.fixture.PoolEngine;
import io.drover.e2e.fixture.Workspace;
import io.drover.proto.jobs.v1.RecurringJob;
import io.drover.proto.jobs.v1.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * {@code drover scheduler} beside {@code drover controller}, each a process: two schedulers at once, killed in the middle of a run, started
 * again, and the controller killed as well. Each minute runs once.
 */
@Tag("root")
@SuppressWarnings("NullAway.Init")
class SchedulerIT {
    private static final Duration PATIENCE = Duration.ofSeconds(100);

    private Workspace workspace;
    private Pool pool;
    private Cluster cluster;

    @BeforeAll
    static void needs() {
        Host.needs("openssl", "setpriv");
        Host.needs(PoolEngine.BTRFS);
    }

    @BeforeEach
    void start() {
        workspace = Workspace.create();
        pool = Pool.create(workspace.root(), PoolEngine.BTRFS, 2L << 30);
        cluster = new Cluster(workspace, pool);
        cluster.start();
    }

    @AfterEach
    void stop() {
        cluster.close();
        pool.close();
        workspace.close();
    }

    @Test
    void eachMinuteRunsOnceWhicheverSchedulerIsKilledWhen() throws IOException {
        // Given
        VolumeCapability capability = Capabilities.mount("ext4");
        Attached attached;
        try (CsiClient csi = cluster.csi()) {
            Volume volume = csi.createVolume("data", 64L << 20, capability);
            attached = Attached.up(csi, workspace, volume, capability);
        }
        cluster.schedulers.forEach(ProgramProcess::start);
        try (OperationsClient client = new OperationsClient(Cluster.operations(workspace))) {
            var _ = client.jobs()
                    .createJob(RecurringJob.newBuilder()
                            .setName("snap")
                            .setTask("snapshot")
                            .setCron("*/1 * * * *")
                            .setRetain(10)
                            .setConcurrency(1)
                            .addGroups("default")
                            .build());

            // When both are killed as soon as a run is on record, and one comes back
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> !client.runs("data", "snap").isEmpty());
            cluster.schedulers.forEach(ProgramProcess::kill);
            Files.writeString(attached.target().resolve("file"), "something new");
            cluster.schedulers.getFirst().start();
            awaitEnded(client, 1);
        }
        // And the controller, with both schedulers waiting for it
        cluster.controller.kill();
        cluster.controller.start();
        cluster.schedulers.getLast().start();

        // Then
        try (OperationsClient client = new OperationsClient(Cluster.operations(workspace))) {
            awaitEnded(client, 2);
            List<Run> runs = new ArrayList<>(client.runs("data", "snap"));
            runs.sort(Comparator.comparingLong((Run run) -> run.getScheduled().getSeconds()));
            assertThat(runs)
                    .as(cluster.logs())
                    .allMatch(run -> !run.getOutcome().equals("failed"));
            for (int i = 1; i < runs.size(); i++) {
                assertThat(runs.get(i).getScheduled().getSeconds()
                                - runs.get(i - 1).getScheduled().getSeconds())
                        .as("between %s", runs)
                        .isEqualTo(60);
            }
            assertThat(client.snapshots("data"))
                    .containsExactlyInAnyOrderElementsOf(runs.stream()
                            .filter(run -> run.getOutcome().equals("succeeded"))
                            .map(Run::getResult)
                            .toList());
        }
        cluster.schedulers.forEach(ProgramProcess::kill);
        try (CsiClient csi = cluster.csi()) {
            attached.down(csi);
        }
    }

    private void awaitEnded(OperationsClient client, int count) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(client.runs("data", "snap").stream()
                                .filter(run -> !run.getOutcome().isEmpty()))
                        .as("%s\n%s", client.runs("data", "snap"), cluster.logs())
                        .hasSizeGreaterThanOrEqualTo(count));
    }
}
