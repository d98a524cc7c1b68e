package io.drover.e2e.csi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.drover.csi.v1.Volume;
import io.drover.e2e.fixture.Attached;
import io.drover.e2e.fixture.Capabilities;
import io.drover.e2e.fixture.Host;
import io.drover.e2e.fixture.HostCommand;
import io.drover.e2e.fixture.LeakCheck;
import io.drover.e2e.fixture.Pool;
import io.drover.e2e.fixture.PoolEngine;
import io.drover.e2e.fixture.StandaloneProcess;
import io.drover.e2e.fixture.Workspace;
import io.drover.proto.operations.v1.DiskSummary;
import io.drover.proto.operations.v1.ListDisksRequest;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Disks of somebody else, full, read-only or gone: new volumes are refused with a reason, existing ones are never harmed. */
@Tag("root")
class DiskTroubleIT {
    private static final long GIBI = 1L << 30;
    private static final long MEBI = 1L << 20;

    @ParameterizedTest
    @EnumSource(PoolEngine.class)
    void aFullDiskTakesNothingNewAndKeepsWhatItHas(PoolEngine engine) throws IOException {
        Host.needs(engine);
        try (Workspace workspace = Workspace.create();
                Pool pool = Pool.create(workspace.root(), engine, 2 * GIBI);
                StandaloneProcess drover = StandaloneProcess.on(workspace, pool)) {
            // Given
            Volume volume = drover.csi().createVolume("early", 64 * MEBI, Capabilities.mount("ext4"));
            Attached attached = Attached.up(drover.csi(), workspace, volume, Capabilities.mount("ext4"));
            Files.writeString(attached.target().resolve("file"), "kept");
            fill(pool);
            LeakCheck before = LeakCheck.look(workspace.root(), pool.path());

            // When
            StatusRuntimeException onVolume =
                    refused(() -> drover.csi().createVolume("late", 64 * MEBI, Capabilities.mount("ext4")));
            StatusRuntimeException onSnapshot = refused(() -> drover.csi().createSnapshot("late-snap", "early"));

            // Then
            assertThat(onVolume.getStatus().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
            assertThat(onSnapshot.getStatus().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
            assertThat(onSnapshot.getStatus().getDescription())
                    .contains(pool.path().toString());
            assertThat(LeakCheck.look(workspace.root(), pool.path()).since(before))
                    .isEmpty();
            assertThat(attached.target().resolve("file")).hasContent("kept");

            // and when there is room again, the same calls succeed
            Files.delete(pool.path().resolve("filler"));
            HostCommand.run("sync", "-f", pool.path().toString());
            var late = drover.csi().createVolume("late", 64 * MEBI, Capabilities.mount("ext4"));
            var lateSnapshot = drover.csi().createSnapshot("late-snap", "early");
            attached.down(drover.csi());
        }
    }

    @ParameterizedTest
    @EnumSource(PoolEngine.class)
    void aReadOnlyDiskRefusesAndSaysSo(PoolEngine engine) {
        Host.needs(engine);
        try (Workspace workspace = Workspace.create();
                Pool pool = Pool.create(workspace.root(), engine, 2 * GIBI);
                StandaloneProcess drover = StandaloneProcess.on(workspace, pool)) {
            // Given
            var early = drover.csi().createVolume("early", 64 * MEBI, Capabilities.mount("ext4"));
            HostCommand.run("mount", "-o", "remount,ro", pool.path().toString());
            LeakCheck before = LeakCheck.look(workspace.root(), pool.path());

            // When
            StatusRuntimeException onVolume =
                    refused(() -> drover.csi().createVolume("late", 64 * MEBI, Capabilities.mount("ext4")));
            StatusRuntimeException onSnapshot = refused(() -> drover.csi().createSnapshot("late-snap", "early"));
            StatusRuntimeException onDelete = refused(() -> drover.csi().deleteVolume("early"));

            // Then
            assertThat(onVolume.getStatus().getDescription()).containsIgnoringCase("read-only");
            assertThat(onSnapshot.getStatus().getDescription()).containsIgnoringCase("read-only");
            assertThat(onDelete.getStatus().getCode()).isNotEqualTo(Status.Code.UNKNOWN);
            assertThat(LeakCheck.look(workspace.root(), pool.path()).since(before))
                    .isEmpty();

            // and when it is writable again, the same calls succeed
            HostCommand.run("mount", "-o", "remount,rw", pool.path().toString());
            var late = drover.csi().createVolume("late", 64 * MEBI, Capabilities.mount("ext4"));
            drover.csi().deleteVolume("early");
        }
    }

    @Test
    void aDiskOfAnotherInstallationIsRefusedAndLeftAlone() {
        Host.needs(PoolEngine.XFS);
        try (Workspace theirs = Workspace.create();
                Workspace ours = Workspace.create();
                Pool pool = Pool.create(theirs.root(), PoolEngine.XFS, 2 * GIBI)) {
            // Given
            try (StandaloneProcess drover = StandaloneProcess.on(theirs, pool)) {
                var volume = drover.csi().createVolume("theirs", 64 * MEBI, Capabilities.mount("ext4"));
                assertThat(drover.stop()).isZero();
            }
            LeakCheck before = LeakCheck.look(theirs.root(), pool.path());

            // When
            try (StandaloneProcess drover = StandaloneProcess.on(ours, pool)) {
                // Then
                DiskSummary disk = onlyDisk(drover);
                assertThat(disk.getProblem()).isNotEmpty();
                StatusRuntimeException refusal =
                        refused(() -> drover.csi().createVolume("ours", 64 * MEBI, Capabilities.mount("ext4")));
                assertThat(refusal.getStatus().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
                assertThat(refusal.getStatus().getDescription())
                        .contains(pool.path().toString());
                assertThat(drover.csi().listVolumes().getEntriesList()).isEmpty();
            }
            assertThat(LeakCheck.look(theirs.root(), pool.path())).isEqualTo(before);
        }
    }

    @Test
    void aDiskThatVanishesIsMissedAndNeverMadeAnew() throws IOException {
        Host.needs(PoolEngine.XFS);
        try (Workspace workspace = Workspace.create();
                Pool pool = Pool.create(workspace.root(), PoolEngine.XFS, 2 * GIBI);
                StandaloneProcess drover = StandaloneProcess.on(workspace, pool)) {
            // Given: while Drover is down, the disk's mount goes away, and an empty directory is in its place
            Volume volume = drover.csi().createVolume("kept", 64 * MEBI, Capabilities.mount("ext4"));
            Attached attached = Attached.up(drover.csi(), workspace, volume, Capabilities.mount("ext4"));
            Files.writeString(attached.target().resolve("file"), "kept");
            attached.down(drover.csi());
            assertThat(drover.stop()).isZero();
            pool.detach();

            // When
            drover.start();

            // Then
            assertThat(onlyDisk(drover).getProblem()).isNotEmpty();
            assertThat(drover.csi().listVolumes().getEntriesCount()).isEqualTo(1);
            assertThat(drover.csi()
                            .listVolumes()
                            .getEntries(0)
                            .getStatus()
                            .getVolumeCondition()
                            .getAbnormal())
                    .isTrue();
            StatusRuntimeException refusal =
                    refused(() -> drover.csi().createVolume("late", 64 * MEBI, Capabilities.mount("ext4")));
            assertThat(refusal.getStatus().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
            StatusRuntimeException onSnapshot = refused(() -> drover.csi().createSnapshot("late-snap", "kept"));
            assertThat(onSnapshot.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
            assertThat(Files.list(pool.path()).toList()).isEmpty();

            // and when the disk is back, so is the volume
            drover.stop();
            pool.attach();
            pool.mount();
            drover.start();
            Attached again = Attached.up(drover.csi(), workspace, volume, Capabilities.mount("ext4"));
            assertThat(again.target().resolve("file")).hasContent("kept");
            again.down(drover.csi());
        }
    }

    private static DiskSummary onlyDisk(StandaloneProcess drover) {
        var disks = drover.operations()
                .listDisks(ListDisksRequest.getDefaultInstance())
                .getDisksList();
        assertThat(disks).hasSize(1);
        return disks.getFirst();
    }

    private static StatusRuntimeException refused(Runnable call) {
        return catchThrowableOfType(StatusRuntimeException.class, call::run);
    }

    /** Leaves a few MiB, less than any watermark. */
    private static void fill(Pool pool) {
        Path filler = pool.path().resolve("filler");
        for (String size : new String[] {"1G", "512M", "256M", "128M", "64M", "32M", "16M"}) {
            HostCommand.attempt(
                    "sh",
                    "-c",
                    "fallocate -o $(stat -c %s " + filler + " 2> /dev/null || echo 0) -l " + size + " " + filler
                            + " 2> /dev/null");
        }
        HostCommand.run("sync", "-f", pool.path().toString());
    }
}
