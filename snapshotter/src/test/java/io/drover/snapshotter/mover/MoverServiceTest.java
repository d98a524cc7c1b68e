package io.drover.snapshotter.mover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Timestamp;
import io.drover.core.error.ErrorCode;
import io.drover.core.fault.FaultPoints;
import io.drover.core.rpc.CallInterceptor;
import io.drover.core.rpc.CallListener;
import io.drover.core.rpc.RpcChannel;
import io.drover.core.rpc.RpcServer;
import io.drover.core.sys.LinuxSystemCalls;
import io.drover.core.time.Pause;
import io.drover.proto.mover.v1.CancelTransferRequest;
import io.drover.proto.mover.v1.GetStoredBackupRequest;
import io.drover.proto.mover.v1.GetTransferRequest;
import io.drover.proto.mover.v1.ListStoredBackupsRequest;
import io.drover.proto.mover.v1.ListStoredVolumesRequest;
import io.drover.proto.mover.v1.ListTransfersRequest;
import io.drover.proto.mover.v1.MoverGrpc;
import io.drover.proto.mover.v1.MoverGrpc.MoverBlockingStub;
import io.drover.proto.mover.v1.Snapshot;
import io.drover.proto.mover.v1.StartBackupRequest;
import io.drover.proto.mover.v1.StartDeletionRequest;
import io.drover.proto.mover.v1.StartRestoreRequest;
import io.drover.proto.mover.v1.StartVerificationRequest;
import io.drover.proto.mover.v1.StoredBackup;
import io.drover.proto.mover.v1.Target;
import io.drover.proto.mover.v1.TestTargetRequest;
import io.drover.proto.mover.v1.TestTargetResponse;
import io.drover.proto.mover.v1.Transfer;
import io.drover.snapshotter.image.ModelImages;
import io.drover.snapshotter.image.ReplicaAddress;
import io.drover.snapshotter.lock.StoreLocks;
import io.drover.snapshotter.target.NfsMounts;
import io.drover.snapshotter.target.S3Timing;
import io.drover.snapshotter.target.TargetOpener;
import io.drover.snapshotter.target.TargetProbe;
import io.drover.snapshotter.transfer.TransferTools;
import io.drover.snapshotter.transfer.Transfers;
import io.grpc.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole mover over its wire: real files, a real directory as target, and an agent that knows model images. */
@SuppressWarnings("NullAway.Init")
class MoverServiceTest {
    private static final ReplicaAddress VOLUME = new ReplicaAddress("pvc-1", "disk-1");
    private static final ReplicaAddress INTO = new ReplicaAddress("pvc-2", "disk-1");
    private static final int MIB = 1 << 20;
    private static final int SIZE = 8 * MIB;
    private static final long CREATED = 1_790_000_000L;

    @TempDir
    private Path folder;

    private Path store;
    private ModelImages images;
    private Transfers transfers;
    private RpcServer agent;
    private RpcServer server;
    private RpcChannel agentChannel;
    private RpcChannel channel;
    private MoverBlockingStub mover;

    @BeforeEach
    void start() throws IOException {
        images = new ModelImages(Files.createDirectory(folder.resolve("images")));
        store = Files.createDirectory(folder.resolve("store"));
        images.create(VOLUME, SIZE);
        images.writeRandom(VOLUME, 0, MIB, new Random(1));
        images.writeRandom(VOLUME, 5 * MIB, MIB, new Random(2));
        images.takeSnapshot(VOLUME, "s1");

        String name = "mover-test-" + folder.getFileName();
        CallInterceptor calls = new CallInterceptor(System::nanoTime, CallListener.NONE);
        agent = RpcServer.inProcess(name + "-agent", calls, List.of(new ModelAgent(images)));
        agentChannel = RpcChannel.inProcess(name + "-agent", Duration.ofSeconds(20));
        transfers = new Transfers(2, Transfers.Memory.DEFAULT, Clock.systemUTC(), () -> {});
        server = RpcServer.inProcess(name, calls, List.of(service()));
        channel = RpcChannel.inProcess(name, Duration.ofSeconds(30));
        mover = MoverGrpc.newBlockingStub(channel.channel());
    }

    private MoverService service() {
        Clock clock = Clock.systemUTC();
        Pause hardlyAny = duration -> {
            if (duration.toSeconds() > 10) {
                Pause.SLEEP.forDuration(duration);
            }
        };
        TransferTools tools = new TransferTools(
                new StoreLocks("host-1", clock, hardlyAny),
                new AgentImages(agentChannel.channel()),
                clock,
                System::nanoTime,
                hardlyAny,
                FaultPoints.NONE);
        TargetOpener opener =
                new TargetOpener(NfsMounts.NONE, Map.of(), S3Timing.USUAL, clock, hardlyAny, System::nanoTime);
        return new MoverService(
                transfers,
                tools,
                opener,
                new TargetProbe(() -> "probe-1", System::nanoTime),
                LinuxSystemCalls.create().extents(),
                () -> new Random(1),
                64L << 20);
    }

    @AfterEach
    void stop() {
        transfers.close();
        channel.close();
        server.close();
        agentChannel.close();
        agent.close();
    }

    @Test
    void aBackupIsMadeToldAndListed() {
        Transfer backup = done(mover.startBackup(backup("b1")));
        assertThat(backup.getKind()).isEqualTo(Transfer.Kind.BACKUP);
        assertThat(backup.getReadBytes()).isEqualTo(4 * MIB);
        assertThat(backup.getDoneBytes()).isEqualTo(backup.getTotalBytes()).isEqualTo(4 * MIB);
        assertThat(backup.getSentBytes()).isPositive();
        assertThat(backup.getRequests()).isPositive();
        assertThat(mover.startBackup(backup("b1")).getState()).isEqualTo(Transfer.State.DONE);

        StoredBackup stored = mover.getStoredBackup(question());
        assertThat(stored).isEqualTo(backup.getResult());
        assertThat(stored.getUrl()).isEqualTo("file://" + store + "?backup=b1&volume=pvc-1");
        assertThat(stored.getSnapshotCreated().getSeconds()).isEqualTo(CREATED);
        assertThat(stored.getVolumeSizeBytes()).isEqualTo(SIZE);
        assertThat(stored.getSizeBytes()).isEqualTo(4 * MIB);
        assertThat(mover.listStoredBackups(ListStoredBackupsRequest.newBuilder()
                                .setTarget(target())
                                .setVolume("pvc-1")
                                .build())
                        .getBackupsList())
                .containsExactly(stored);
        assertThat(mover.listStoredVolumes(ListStoredVolumesRequest.newBuilder()
                                .setTarget(target())
                                .build())
                        .getVolumesList())
                .singleElement()
                .satisfies(volume -> {
                    assertThat(volume.getName()).isEqualTo("pvc-1");
                    assertThat(volume.getLastBackup()).isEqualTo("b1");
                    assertThat(volume.getBlockCount()).isEqualTo(2);
                });
    }

    @Test
    void aBackupIsRestoredIntoALargerVolume() throws IOException {
        done(mover.startBackup(backup("b1")));
        images.create(INTO, SIZE + 2 * MIB);

        done(mover.startRestore(restore(SIZE + 2 * MIB)));

        byte[] expected = Files.readAllBytes(images.snapshot(VOLUME, "s1").path());
        assertThat(Files.readAllBytes(images.head(INTO).path())).isEqualTo(Arrays.copyOf(expected, SIZE + 2 * MIB));
        assertThat(images.isSealed(INTO)).isTrue();
    }

    @Test
    void aVolumeThatWasMadeAnewIsRestoredAnew() throws IOException {
        done(mover.startBackup(backup("b1")));
        images.create(INTO, SIZE);
        done(mover.startRestore(restore(SIZE)));
        images.deleteSnapshot(INTO, "");
        images.create(INTO, SIZE);

        done(mover.startRestore(restore(SIZE)));

        assertThat(images.head(INTO).path())
                .hasSameBinaryContentAs(images.snapshot(VOLUME, "s1").path());
    }

    @Test
    void aDeletedBackupIsGoneAndMayBeMadeAgain() {
        done(mover.startBackup(backup("b1")));
        done(mover.startDeletion(deletion()));
        assertCode(Status.Code.NOT_FOUND, () -> mover.getStoredBackup(question()));
        assertThat(mover.listTransfers(ListTransfersRequest.getDefaultInstance())
                        .getTransfersList())
                .extracting(Transfer::getKind)
                .containsExactly(Transfer.Kind.DELETION);
        assertThat(done(mover.startBackup(backup("b1"))).getReadBytes()).isPositive();
    }

    @Test
    void badBlocksAreReportedAndYieldNoVolume() throws IOException {
        done(mover.startBackup(backup("b1")));
        assertThat(done(mover.startVerification(verification())).getBadBlockCount())
                .isZero();
        try (Stream<Path> all = Files.walk(store)) {
            for (Path block :
                    all.filter(path -> path.toString().endsWith(".blk")).toList()) {
                Files.write(block, new byte[5000]);
            }
        }
        Transfer verified = done(mover.startVerification(verification()));
        assertThat(verified.getBadBlockCount()).isEqualTo(2);
        assertThat(verified.getBadBlocksList())
                .extracting(block -> block.getOffset())
                .containsExactly(0L, 4L * MIB);
        images.create(INTO, SIZE);
        Transfer restored = ended(mover.startRestore(restore(SIZE)));
        assertThat(restored.getErrorCode()).isEqualTo(ErrorCode.CORRUPT.name());
        assertThat(restored.getMessage()).contains("b1").contains("block at");
        assertThat(images.isSealed(INTO)).isFalse();
    }

    @Test
    void whatIsWrongWithARequestIsSaidAtOnce() {
        StartBackupRequest fine = backup("b1");
        assertInvalid(
                () -> mover.startBackup(fine.toBuilder().setMode("differential").build()));
        assertInvalid(
                () -> mover.startBackup(fine.toBuilder().setBlockBytes(4 * MIB).build()));
        assertInvalid(() -> mover.startBackup(backup("../b1")));
        assertInvalid(() -> mover.startVerification(
                verification().toBuilder().setSamplePercent(101).build()));
        assertInvalid(() -> mover.startDeletion(deletion().toBuilder()
                .setTarget(Target.newBuilder().setUrl("nonsense"))
                .build()));
        assertCode(
                Status.Code.NOT_FOUND,
                () -> mover.cancelTransfer(CancelTransferRequest.newBuilder()
                        .setId("transfer-none")
                        .build()));
    }

    @Test
    void aFailedTransferSaysWhyAndIsBegunAgain() {
        images.deleteSnapshot(VOLUME, "s1");
        Transfer failed = ended(mover.startBackup(backup("b1")));
        assertThat(failed.getState()).isEqualTo(Transfer.State.FAILED);
        assertThat(failed.getErrorCode()).isEqualTo(ErrorCode.NOT_FOUND.name());
        assertThat(failed.getMessage()).contains("s1");
        assertThat(store).as("nothing was begun").isEmptyDirectory();
        images.takeSnapshot(VOLUME, "s1");
        done(mover.startBackup(backup("b1")));
    }

    @Test
    void aTargetIsTestedStepByStep() {
        TestTargetResponse good = mover.testTarget(
                TestTargetRequest.newBuilder().setTarget(target()).build());
        assertThat(good.getStepsList())
                .hasSize(5)
                .allSatisfy(step -> assertThat(step.getProblem()).isEmpty());
        TestTargetResponse bad = mover.testTarget(TestTargetRequest.newBuilder()
                .setTarget(Target.newBuilder().setUrl("file://" + folder.resolve("absent")))
                .build());
        assertThat(bad.getSteps(0).getProblem()).contains("absent");
    }

    private static void assertInvalid(ThrowingCallable call) {
        assertCode(Status.Code.INVALID_ARGUMENT, call);
    }

    private static void assertCode(Status.Code code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .satisfies(e -> assertThat(Status.fromThrowable(e).getCode()).isEqualTo(code));
    }

    private Transfer done(Transfer begun) {
        Transfer ended = ended(begun);
        assertThat(ended.getState()).as(ended.getMessage()).isEqualTo(Transfer.State.DONE);
        return ended;
    }

    private Transfer ended(Transfer begun) {
        return mover.getTransfer(GetTransferRequest.newBuilder()
                .setId(begun.getId())
                .setWaitMilliseconds(20_000)
                .build());
    }

    private Target target() {
        return Target.newBuilder().setUrl("file://" + store).build();
    }

    private StartBackupRequest backup(String name) {
        return StartBackupRequest.newBuilder()
                .setTarget(target())
                .setVolume("pvc-1")
                .setBackup(name)
                .setDisk("disk-1")
                .setSnapshot(Snapshot.newBuilder()
                        .setName("s1")
                        .setCreated(Timestamp.newBuilder().setSeconds(CREATED).setNanos(5)))
                .setVolumeSizeBytes(SIZE)
                .setMode("incremental")
                .build();
    }

    private StartRestoreRequest restore(long size) {
        return StartRestoreRequest.newBuilder()
                .setTarget(target())
                .setVolume("pvc-1")
                .setBackup("b1")
                .setIntoVolume("pvc-2")
                .setIntoDisk("disk-1")
                .setSizeBytes(size)
                .build();
    }

    private StartDeletionRequest deletion() {
        return StartDeletionRequest.newBuilder()
                .setTarget(target())
                .setVolume("pvc-1")
                .setBackup("b1")
                .build();
    }

    private StartVerificationRequest verification() {
        return StartVerificationRequest.newBuilder()
                .setTarget(target())
                .setVolume("pvc-1")
                .setBackup("b1")
                .build();
    }

    private GetStoredBackupRequest question() {
        return GetStoredBackupRequest.newBuilder()
                .setTarget(target())
                .setVolume("pvc-1")
                .setBackup("b1")
                .build();
    }
}
