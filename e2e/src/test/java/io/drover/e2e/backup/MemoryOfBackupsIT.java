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
    private static final long LIMIT_MEBI = 256;
    /** What one leaves must not add to what the next one takes. */
    private static final int BACKUPS = 4;

    @Test
    void backupsOneAfterTheOtherAndARestoreTakeNoMoreThanAQuarterOfAGibibyte() {
        Host.needs(PoolEngine.BTRFS);
        try (Workspace workspace = Workspace.create();
                Pool pool = Pool.create(workspace.root(), PoolEngine.BTRFS, 4 * GIBI);
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
            Map<String, String> full = Map.of("type", "bak", "backupMode", "full");
            for (int i = 1; i <= BACKUPS; i++) {
                BackupCalls.backUp(drover.csi(), "b" + i, "data", full, Map.of());
                System.out.printf("peak of resident memory after %d backups: %d MiB%n", i, peakMebi(drover));
            }
            var copy = BackupCalls.restore(drover.csi(), "copy", 768 * MEBI, device, "bak://data/b1");
            assertThat(copy.getVolumeId()).isEqualTo("copy");
            System.out.printf("and after a restore: %d MiB%n", peakMebi(drover));

            // Then
            assertThat(peakMebi(drover)).isLessThan(LIMIT_MEBI);
            attached.down(drover.csi());
        }
    }

    private static long peakMebi(StandaloneProcess drover) {
        return drover.statusKib("VmHWM") >> 10;
    }
}
