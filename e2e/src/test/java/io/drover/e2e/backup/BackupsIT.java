package io.drover.e2e.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drover.core.time.Pause;
import io.drover.csi.v1.CapacityRange;
import io.drover.csi.v1.ControllerExpandVolumeRequest;
import io.drover.csi.v1.CreateSnapshotRequest;
import io.drover.csi.v1.DeleteSnapshotRequest;
import io.drover.csi.v1.ListSnapshotsResponse;
import io.drover.csi.v1.Snapshot;
import io.drover.csi.v1.Volume;
import io.drover.csi.v1.VolumeCapability;
import io.drover.e2e.fixture.Attached;
import io.drover.e2e.fixture.BackupCalls;
import io.drover.e2e.fixture.Capabilities;
import io.drover.e2e.fixture.Host;
import io.drover.e2e.fixture.HostCommand;
import io.drover.e2e.fixture.LeakCheck;
import io.drover.e2e.fixture.LoopDevice;
import io.drover.e2e.fixture.Pool;
import io.drover.e2e.fixture.PoolEngine;
import io.drover.e2e.fixture.RawBytes;
import io.drover.e2e.fixture.StandaloneProcess;
import io.drover.e2e.fixture.StoreDirectory;
import io.drover.e2e.fixture.Workspace;
import io.drover.proto.operations.v1.AddTargetRequest;
import io.drover.snapshotter.trial.TrialS3Server;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Backups of a raw block volume to a directory or a real S3 server, through CSI. */
@Tag("root")
@SuppressWarnings("NullAway.Init")
class BackupsIT {
    private static final int BLOCK = 2 << 20;
    private static final long SIZE = 4L * BLOCK;
    private static final long GIBI = 1L << 30;
    private static final VolumeCapability DEVICE = Capabilities.block();
    private static final Map<String, String> BACKUP = Map.of("type", "bak");

    private Workspace workspace;
    private Pool pool;
    private StandaloneProcess drover;
    private StoreDirectory store;
    private Volume volume;
    private Attached attached;

    @BeforeAll
    static void needs() {
        Host.needs(PoolEngine.BTRFS);
        Host.needs("blkdiscard");
    }

    @BeforeEach
    void start() {
        workspace = Workspace.create();
        pool = Pool.create(workspace.root(), PoolEngine.BTRFS, GIBI);
        drover = StandaloneProcess.on(workspace, pool);
        store = new StoreDirectory(workspace.directory("store"));
        addTarget(drover);
        volume = drover.csi().createVolume("data", SIZE, DEVICE);
        attached = Attached.up(drover.csi(), workspace, volume, DEVICE);
    }

    @AfterEach
    void end() {
        try {
            attached.down(drover.csi());
            assertThat(LoopDevice.below(pool.path())).isEmpty();
        } finally {
            drover.close();
            pool.close();
            workspace.close();
        }
    }

    @Test
    void anInstallationThatHasNeverSeenTheVolumeRestoresIt() {
        // Given
        byte[] written = write(1, 0, 3 * BLOCK);
        backUp("b1", BACKUP);
        String url = BackupCalls.summary(drover, "data", "b1").getUrl();
        try (Workspace elsewhere = Workspace.create();
                Pool otherPool = Pool.create(elsewhere.root(), PoolEngine.BTRFS, GIBI);
                StandaloneProcess other = StandaloneProcess.on(elsewhere, otherPool)) {
            // When, with nothing but the backup's URL
            Volume same = BackupCalls.restoreFrom(other.csi(), "same", SIZE, DEVICE, url);
            Volume larger = BackupCalls.restoreFrom(other.csi(), "larger", SIZE + BLOCK, DEVICE, url);

            // Then
            assertThat(same.getCapacityBytes()).isEqualTo(SIZE);
            assertContent(other, elsewhere, same, written);
            assertContent(other, elsewhere, larger, Arrays.copyOf(written, (int) SIZE + BLOCK));
            assertThatThrownBy(() -> BackupCalls.restoreFrom(other.csi(), "smaller", SIZE - BLOCK, DEVICE, url))
                    .satisfies(e -> assertThat(code(e)).isEqualTo(Status.Code.OUT_OF_RANGE));
            assertThat(other.csi().listVolumes().getEntriesCount()).isEqualTo(2);
        }
    }

    @Test
    void aDamagedBlockFailsTheRestoreByNameAndYieldsNoVolume() throws IOException {
        write(1, 0, 2 * BLOCK);
        Snapshot backup = backUp("b1", BACKUP);
        attached.down(drover.csi());
        Path block = store.file(".blk");
        byte[] right = Files.readAllBytes(block);
        byte[] wrong = right.clone();
        wrong[wrong.length / 2] ^= 1;
        Files.write(block, wrong);
        String checksum = block.getFileName().toString().replace(".blk", "");
        LeakCheck before = LeakCheck.look(workspace.root(), pool.path());

        assertThatThrownBy(() -> BackupCalls.restore(drover.csi(), "copy", SIZE, DEVICE, backup.getSnapshotId()))
                .hasMessageContaining(checksum)
                .satisfies(e -> assertThat(code(e)).isEqualTo(Status.Code.DATA_LOSS));

        assertThat(drover.csi().listVolumes().getEntriesCount()).isEqualTo(1);
        drover.csi().deleteVolume("copy"); // as the provisioner does, whether or not there is one
        assertThat(LeakCheck.look(workspace.root(), pool.path()).since(before)).isEmpty();

        // It is the block only: once it is whole again, the same call succeeds.
        Files.write(block, right);
        assertThat(BackupCalls.restore(drover.csi(), "copy", SIZE, DEVICE, backup.getSnapshotId())
                        .getCapacityBytes())
                .isEqualTo(SIZE);
    }

    @Test
    void blocksThatWereDiscardedOrAddedSinceAreRestoredAsTheyWere() {
        // Given
        byte[] first = write(1, 0, 4 * BLOCK);
        Snapshot one = backUp("b1", BACKUP);
        HostCommand.run(
                "blkdiscard",
                "--offset",
                "" + BLOCK,
                "--length",
                "" + BLOCK,
                attached.target().toString());
        expand(SIZE + 2 * BLOCK);
        byte[] second = write(2, SIZE + BLOCK, BLOCK, SIZE + 2L * BLOCK);
        assertThat(Arrays.copyOfRange(second, BLOCK, 2 * BLOCK)).isEqualTo(new byte[BLOCK]);

        // When
        Snapshot two = backUp("b2", BACKUP);

        // Then: the store's volume is as large as at its last backup, the first one has a tail of zeros
        assertThat(BackupCalls.summary(drover, "data", "b2").getIncremental()).isTrue();
        long grown = SIZE + 2 * BLOCK;
        assertContent(drover, workspace, restore("copy-2", grown, two), second);
        assertContent(drover, workspace, restore("copy-1", grown, one), Arrays.copyOf(first, (int) grown));
    }

    @Test
    void aFullBackupSendsEverythingAgain() {
        write(1, 0, 2 * BLOCK);
        backUp("b1", BACKUP);
        byte[] written = write(2, BLOCK, BLOCK);

        Snapshot full = backUp("b2", Map.of("type", "bak", "backupMode", "full"));

        assertThat(BackupCalls.summary(drover, "data", "b2").getIncremental()).isFalse();
        assertThat(BackupCalls.summary(drover, "data", "b2").getMode()).isEqualTo("full");
        assertContent(drover, workspace, restore("copy", SIZE, full), written);
    }

    @Test
    void twoFirstBackupsAtTheSameInstantAreBothWholeAndTheNextOneIsIncremental() throws Exception {
        // Given
        byte[] written = write(1, 0, 2 * BLOCK);

        // When
        List<Snapshot> both = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Snapshot>> calls = Stream.of("b1", "b2")
                    .map(name -> threads.submit(() -> backUp(name, BACKUP)))
                    .toList();
            for (Future<Snapshot> call : calls) {
                both.add(call.get());
            }
        }

        // Then
        assertThat(store.blocks()).isEqualTo(2);
        for (Snapshot backup : both) {
            assertContent(drover, workspace, restore("copy-of-" + name(backup), SIZE, backup), written);
        }
        byte[] later = write(2, BLOCK, BLOCK);
        Snapshot next = backUp("b3", BACKUP);
        assertThat(BackupCalls.summary(drover, "data", "b3").getIncremental()).isTrue();
        assertThat(store.blocks()).isEqualTo(3);
        assertContent(drover, workspace, restore("copy-of-b3", SIZE, next), later);
    }

    private static String name(Snapshot backup) {
        return backup.getSnapshotId().substring(backup.getSnapshotId().lastIndexOf('/') + 1);
    }

    @Test
    void aHandleThatOnlyStandsForABackupDeletesNothing() {
        byte[] written = write(1, 0, BLOCK);
        backUp("b1", BACKUP);
        List<String> files = store.files();
        String url = BackupCalls.summary(drover, "data", "b1").getUrl();

        Snapshot kept = drover.csi()
                .controller()
                .createSnapshot(CreateSnapshotRequest.newBuilder()
                        .setName("stands-for-it")
                        .setSourceVolumeId("data")
                        .putParameters("fromBackup", url)
                        .build())
                .getSnapshot();

        assertThat(kept.getReadyToUse()).isTrue();
        assertThat(kept.getSnapshotId()).isEqualTo("bak://data/b1#kept");
        assertContent(drover, workspace, restore("copy", SIZE, kept), written);
        BackupCalls.delete(drover.csi(), kept.getSnapshotId());
        assertThat(store.files()).isEqualTo(files);
        assertThat(BackupCalls.summary(drover, "data", "b1").getState()).isEqualTo("ready");
    }

    @Test
    void aTargetGivenByUrlUsesTheSecretsOfTheCall() {
        byte[] written = write(1, 0, 2 * BLOCK);
        try (TrialS3Server server = TrialS3Server.start(
                Path.of(System.getProperty("drover.s3proxy", "s3proxy")),
                workspace.directory("s3"),
                UUID.randomUUID().toString(),
                Pause.SLEEP)) {
            server.makeBucket("theirs");
            Map<String, String> parameters = Map.of("type", "bak", "backupTarget", server.url("theirs", "deep/"));

            Snapshot backup = BackupCalls.backUp(drover.csi(), "b1", "data", parameters, server.credentials());

            StoreDirectory bucket = new StoreDirectory(server.bucket("theirs"));
            assertThat(bucket.files()).allMatch(file -> file.startsWith("deep/backupstore/"));
            assertThat(bucket.blocks()).isEqualTo(2);
            assertThat(store.files()).isEmpty();
            ListSnapshotsResponse listed = drover.csi().listSnapshots();
            assertThat(listed.getEntriesList())
                    .extracting(entry -> entry.getSnapshot().getSnapshotId())
                    .contains(backup.getSnapshotId());
            assertThat(secretsIn(server)).isEmpty();

            Map<String, String> wrong = new java.util.HashMap<>(server.credentials());
            wrong.put("AWS_SECRET_ACCESS_KEY", "not-the-key");
            assertThatThrownBy(() -> BackupCalls.backUp(drover.csi(), "b2", "data", parameters, wrong))
                    .hasMessageContaining("AWS_SECRET_ACCESS_KEY")
                    .satisfies(e -> assertThat(e.getMessage()).doesNotContain("not-the-key"));

            BackupCalls.restoreWithSecrets(
                    drover.csi(), "copy", SIZE, DEVICE, backup.getSnapshotId(), server.credentials());
            assertContent(
                    drover,
                    workspace,
                    BackupCalls.restoreWithSecrets(
                            drover.csi(), "copy", SIZE, DEVICE, backup.getSnapshotId(), server.credentials()),
                    written);
            var unused = drover.csi()
                    .controller()
                    .deleteSnapshot(DeleteSnapshotRequest.newBuilder()
                            .setSnapshotId(backup.getSnapshotId())
                            .putAllSecrets(server.credentials())
                            .build());
            assertThat(bucket.blocks()).isZero();
        }
    }

    /** Records and log must not hold the key. */
    private List<String> secretsIn(TrialS3Server server) {
        String secret = server.credentials().get("AWS_SECRET_ACCESS_KEY");
        return HostCommand.run(
                        "sh",
                        "-c",
                        "grep -rl -- " + secret + " " + workspace.path("data") + " " + drover.log() + " || true")
                .lines()
                .toList();
    }

    private void addTarget(StandaloneProcess to) {
        var unused = to.operations()
                .addTarget(AddTargetRequest.newBuilder()
                        .setName("default")
                        .setUrl("file://" + store.path())
                        .build());
    }

    private Snapshot backUp(String name, Map<String, String> parameters) {
        return BackupCalls.backUp(drover.csi(), name, "data", parameters, Map.of());
    }

    private Volume restore(String name, long size, Snapshot backup) {
        return BackupCalls.restore(drover.csi(), name, size, DEVICE, backup.getSnapshotId());
    }

    private byte[] write(long seed, long offset, int length) {
        return write(seed, offset, length, SIZE);
    }

    /** Writes, and tells what the whole volume of this size holds then. */
    private byte[] write(long seed, long offset, int length, long size) {
        RawBytes.random(seed, length).writeTo(attached.target(), offset);
        return RawBytes.read(attached.target(), size);
    }

    private void expand(long size) {
        var unused = drover.csi()
                .controller()
                .controllerExpandVolume(ControllerExpandVolumeRequest.newBuilder()
                        .setVolumeId("data")
                        .setCapacityRange(CapacityRange.newBuilder().setRequiredBytes(size))
                        .build());
        attached.down(drover.csi());
        attached = Attached.up(drover.csi(), workspace, volume, DEVICE);
    }

    private static void assertContent(StandaloneProcess on, Workspace workspace, Volume restored, byte[] wanted) {
        Attached up = Attached.up(on.csi(), workspace, restored, DEVICE);
        byte[] found = RawBytes.read(up.target(), wanted.length);
        up.down(on.csi());
        assertThat(RawBytes.firstDifference(found, wanted)).isEmpty();
    }

    private static Status.Code code(Throwable failure) {
        return ((StatusRuntimeException) failure).getStatus().getCode();
    }
}
