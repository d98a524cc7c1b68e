package io.drover.e2e.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.e2e.fixture.Capabilities;
import io.drover.e2e.fixture.Host;
import io.drover.e2e.fixture.HostCommand;
import io.drover.e2e.fixture.Pool;
import io.drover.e2e.fixture.PoolEngine;
import io.drover.e2e.fixture.StandaloneProcess;
import io.drover.e2e.fixture.Workspace;
import io.drover.proto.operations.v1.DiskSummary;
import io.drover.proto.operations.v1.ListDisksRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Drover is killed at each step of taking a new disk; the next start takes the same disk, once. */
@Tag("root")
class KillWhileOpeningDisksIT {
    private static final long GIBI = 1L << 30;
    private static final long MEBI = 1L << 20;

    /** What the user gives as a disk. */
    private enum Kind {
        FOLDER_ON_BTRFS,
        BLANK_DEVICE,
        FOLDER_ELSEWHERE
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void aNewDiskIsTakenAfterAKillAtAnyStep(Kind kind) throws IOException {
        Host.needs(PoolEngine.BTRFS);
        // Given
        List<String> points = new ArrayList<>();
        onNewDisk(kind, (workspace, drover) -> {
            Path trace = workspace.path("points");
            drover.start(Map.of("DROVER_TRACE_POINTS", trace.toString()));
            points.addAll(Files.readAllLines(trace));
        });
        assertThat(points).isNotEmpty();

        for (String point : points.stream().distinct().toList()) {
            onNewDisk(kind, (workspace, drover) -> {
                // When
                drover.launch(Map.of("DROVER_KILL_AT", point));
                assertThat(drover.exitStatus()).as(point).isEqualTo(StandaloneProcess.KILLED);
                drover.start();

                // Then
                List<DiskSummary> disks = drover.operations()
                        .listDisks(ListDisksRequest.getDefaultInstance())
                        .getDisksList();
                assertThat(disks).as("killed at %s", point).hasSize(1);
                assertThat(disks.getFirst().getProblem())
                        .as("killed at %s", point)
                        .isEmpty();
                var volume = drover.csi().createVolume("first", 64 * MEBI, Capabilities.mount("ext4"));
                drover.csi().deleteVolume("first");
            });
        }
        System.out.printf("kill tests of a new disk, %s: %s%n", kind, points);
    }

    /** Uses a Drover that has not been started yet. */
    @FunctionalInterface
    private interface Use {
        void with(Workspace workspace, StandaloneProcess drover) throws IOException;
    }

    private static void onNewDisk(Kind kind, Use use) throws IOException {
        try (Workspace workspace = Workspace.create();
                Pool pool = Pool.create(workspace.root(), PoolEngine.BTRFS, 2 * GIBI)) {
            String disk = switch (kind) {
                case FOLDER_ON_BTRFS -> pool.path().toString();
                case BLANK_DEVICE -> blank(workspace);
                case FOLDER_ELSEWHERE -> workspace.directory("disk") + ",size=2Gi";
            };
            try (StandaloneProcess drover = new StandaloneProcess(workspace, "--disk", disk)) {
                use.with(workspace, drover);
            }
        }
    }

    private static String blank(Workspace workspace) {
        Path image = workspace.path("blank.img");
        HostCommand.run("truncate", "-s", "2G", image.toString());
        return HostCommand.run("losetup", "--find", "--show", "--direct-io=on", image.toString());
    }
}
