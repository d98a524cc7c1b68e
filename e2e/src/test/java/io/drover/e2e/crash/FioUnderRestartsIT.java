package io.drover.e2e.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.csi.v1.Volume;
import io.drover.e2e.fixture.Attached;
import io.drover.e2e.fixture.Capabilities;
import io.drover.e2e.fixture.Host;
import io.drover.e2e.fixture.LoopDevice;
import io.drover.e2e.fixture.Pool;
import io.drover.e2e.fixture.PoolEngine;
import io.drover.e2e.fixture.StandaloneProcess;
import io.drover.e2e.fixture.Workspace;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Killing Drover costs a running workload nothing: no error, no wrong byte, no wait that the bare disk does not know. */
@Tag("root")
class FioUnderRestartsIT {
    private static final long GIBI = 1L << 30;
    private static final int RESTARTS = 20;
    /** The volume may wait this much longer than a plain file of the same disk: two queues share two busy cores. */
    private static final double STALL_FACTOR = 3;

    private static final double STALL_SLACK_MILLIS = 500;

    @ParameterizedTest
    @EnumSource(PoolEngine.class)
    void aVolumeUnderFioNoticesNothingOfTwentyKills(PoolEngine engine) {
        Host.needs(engine);
        Host.needs("fio", "mkfs.ext4");
        try (Workspace workspace = Workspace.create();
                Pool pool = Pool.create(workspace.root(), engine, 3 * GIBI);
                StandaloneProcess drover = StandaloneProcess.on(workspace, pool)) {
            // Given: a volume, and a plain file on the same disk, both under fio
            Volume volume = drover.csi().createVolume("busy", GIBI, Capabilities.mount("ext4"));
            Attached attached = Attached.up(drover.csi(), workspace, volume, Capabilities.mount("ext4"));
            List<LoopDevice> loops = LoopDevice.below(pool.path());
            FioRun plain = FioRun.start(workspace, "plain", pool.path().resolve("plain.dat"));
            FioRun mounted = FioRun.start(workspace, "volume", attached.target().resolve("volume.dat"));

            // When
            for (int i = 0; i < RESTARTS; i++) {
                drover.restartAfterKill();
                assertThat(mounted.isRunning())
                        .as("fio still runs after kill " + i)
                        .isTrue();
            }
            FioRun.Outcome volumeOutcome = mounted.stop();
            FioRun.Outcome plainOutcome = plain.stop();

            // Then
            System.out.printf(
                    "%d kills under fio on %s: longest wait %.0f ms on the volume, %.0f ms on a plain file; %d and %d writes%n",
                    RESTARTS,
                    engine,
                    volumeOutcome.longestMillis(),
                    plainOutcome.longestMillis(),
                    volumeOutcome.writes(),
                    plainOutcome.writes());
            assertThat(volumeOutcome.errors()).isZero();
            assertThat(volumeOutcome.writes()).isPositive();
            assertThat(volumeOutcome.longestMillis())
                    .isLessThan(plainOutcome.longestMillis() * STALL_FACTOR + STALL_SLACK_MILLIS);
            assertThat(LoopDevice.below(pool.path())).isEqualTo(loops);
            attached.down(drover.csi());
            drover.csi().deleteVolume("busy");
        }
    }
}
