package io.drover.e2e.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.csi.v1.Volume;
import io.drover.csi.v1.VolumeCapability;
import io.drover.e2e.fixture.Attached;
import io.drover.e2e.fixture.BackupCalls;
import io.drover.e2e.fixture.Capabilities;
import io.drover.e2e.fixture.Host;
import io.drover.e2e.fixture.Pool;
import io.drover.e2e.fixture.PoolEngine;
import io.drover.e2e.fixture.RawBytes;
import io.drover.e2e.fixture.StandaloneProcess;
import io.drover.e2e.fixture.Workspace;
import io.drover.proto.operations.v1.AddTargetRequest;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a backup takes, with the launcher's options. Most of it is taken within the first hundreds of blocks; the rest only shows in hours. */
@Tag("root")
class MemoryOfBackupsIT {
    private static final long MEBI = 1L << 20;
    private static final long GIBI = 1L << 30;
    private static final int PIECE = 32 << 20;
    /** The whole process: heap, code, classes, threads, buffers. */
    private static final long LIMIT_KIB = 256 << 10;

    @Test
    void aBackupTakesNoMoreThanAQuarterOfAGibibyte() {
        Host.needs(PoolEngine.BTRFS);
        try (Workspace workspace = Workspace.create();
                Pool pool = Pool.create(workspace.root(), PoolEngine.BTRFS, 2 * GIBI);
                StandaloneProcess drover =
                        new StandaloneProcess(workspace, "--disk", pool.path().toString())) {
            // Given: as much as many times the memory, none of it compressible
            drover.useOptionsOfLauncher();
            drover.start(Map.of("MALLOC_ARENA_MAX", "2"));
            var unused = drover.operations()
                    .addTarget(AddTargetRequest.newBuilder()
                            .setName("default")
                            .setUrl("file://" + workspace.directory("store"))
                            .build());
            VolumeCapability device = Capabilities.block();
            Volume volume = drover.csi().createVolume("data", 768 * MEBI, device);
            Attached attached = Attached.up(drover.csi(), workspace, volume, device);
            for (int i = 0; i < 768 * MEBI / PIECE; i++) {
                RawBytes.random(i, PIECE).writeTo(attached.target(), (long) i * PIECE);
            }

            // When
            BackupCalls.backUp(drover.csi(), "b1", "data");

            // Then
            long peak = drover.statusKib("VmHWM");
            System.out.printf("peak of resident memory during a backup: %d MiB%n", peak >> 10);
            assertThat(peak).isLessThan(LIMIT_KIB);
            attached.down(drover.csi());
        }
    }
}
