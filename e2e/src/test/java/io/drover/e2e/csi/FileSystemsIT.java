package io.drover.e2e.csi;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.csi.v1.Volume;
import io.drover.csi.v1.VolumeCapability;
import io.drover.e2e.fixture.Attached;
import io.drover.e2e.fixture.Capabilities;
import io.drover.e2e.fixture.Host;
import io.drover.e2e.fixture.HostCommand;
import io.drover.e2e.fixture.Pool;
import io.drover.e2e.fixture.PoolEngine;
import io.drover.e2e.fixture.StandaloneProcess;
import io.drover.e2e.fixture.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every file system on every pool, through snapshot, restore and clone, and staged again: what a file system assumes of its device stays so. */
@Tag("root")
class FileSystemsIT {
    private static final long GIBI = 1L << 30;

    @ParameterizedTest(name = "{1} on {0}")
    @CsvSource({"BTRFS,ext4", "BTRFS,xfs", "BTRFS,btrfs", "XFS,ext4", "XFS,xfs", "XFS,btrfs"})
    void aVolumeItsRestoreAndItsCloneCanBeMountedSideBySideAndAgain(PoolEngine engine, String fileSystem)
            throws IOException {
        Host.needs(engine);
        Host.needs("mkfs." + fileSystem);
        try (Workspace workspace = Workspace.create();
                Pool pool = Pool.create(workspace.root(), engine, 6 * GIBI);
                StandaloneProcess drover = StandaloneProcess.on(workspace, pool)) {
            // Given
            VolumeCapability capability = Capabilities.mount(fileSystem);
            Volume volume = drover.csi().createVolume("first", GIBI, capability);
            Attached attached = Attached.up(drover.csi(), workspace, volume, capability);
            int sector = sectorSize(attached);
            Files.writeString(attached.target().resolve("file"), "one");
            String snapshot = drover.csi().createSnapshot("first-snap", "first").getSnapshotId();
            Files.writeString(attached.target().resolve("file"), "two");

            // When
            Volume restored = drover.csi().cloneSnapshot("restored", GIBI, capability, snapshot);
            Attached restoredUp = Attached.up(drover.csi(), workspace, restored, capability);
            Volume clone = drover.csi().cloneVolume("clone", GIBI, capability, "first");
            Attached cloneUp = Attached.up(drover.csi(), workspace, clone, capability);
            attached.down(drover.csi());
            Attached again = Attached.up(drover.csi(), workspace, volume, capability);

            // Then
            assertThat(again.target().resolve("file")).hasContent("two");
            assertThat(cloneUp.target().resolve("file")).hasContent("two");
            assertThat(restoredUp.target().resolve("file")).hasContent("one");
            assertThat(sectorSize(again)).as("sector size, staged again").isEqualTo(sector);
            assertThat(sectorSize(restoredUp)).as("sector size of a restore").isEqualTo(sector);
            again.down(drover.csi());
            cloneUp.down(drover.csi());
            restoredUp.down(drover.csi());
        }
    }

    private static int sectorSize(Attached attached) {
        String device = HostCommand.run(
                "findmnt",
                "-n",
                "-o",
                "SOURCE",
                "--mountpoint",
                attached.target().toString());
        return Integer.parseInt(HostCommand.run("blockdev", "--getss", device.replaceAll("\\[.*", "")));
    }
}
