package io.drover.controller.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.drover.controller.fake.Wire;
import io.drover.controller.fake.World;
import io.drover.controller.metrics.BackupMetrics;
import io.drover.core.model.ByteSize;
import io.drover.proto.operations.v1.AddTargetRequest;
import io.drover.proto.operations.v1.BackupSummary;
import io.drover.proto.operations.v1.CancelTransferRequest;
import io.drover.proto.operations.v1.CreateBackupRequest;
import io.drover.proto.operations.v1.CreateVolumeRequest;
import io.drover.proto.operations.v1.DeleteBackupRequest;
import io.drover.proto.operations.v1.GetBackupRequest;
import io.drover.proto.operations.v1.GetVolumeRequest;
import io.drover.proto.operations.v1.ListBackupsRequest;
import io.drover.proto.operations.v1.ListTargetsRequest;
import io.drover.proto.operations.v1.ListTransfersRequest;
import io.drover.proto.operations.v1.RemoveTargetRequest;
import io.drover.proto.operations.v1.TestTargetRequest;
import io.drover.proto.operations.v1.Transfer;
import io.drover.proto.operations.v1.VerifyBackupRequest;
import io.drover.proto.operations.v1.WatchTransferRequest;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BackupOperationsTest {
    private static final String URL = "file:///store";

    private final Wire wire = new Wire();

    @BeforeEach
    void givenVolumeAndTarget() {
        var _ = wire.operations()
                .createVolume(CreateVolumeRequest.newBuilder()
                        .setName("pvc-1")
                        .setSizeBytes(1 << 30)
                        .build());
        wire.hosts.write(World.replica("pvc-1"), 3, "data");
        var _ = wire.operations()
                .addTarget(AddTargetRequest.newBuilder()
                        .setName("default")
                        .setUrl(URL)
                        .build());
    }

    @AfterEach
    void close() {
        wire.close();
    }

    private BackupSummary create(String name) {
        return wire.operations()
                .createBackup(CreateBackupRequest.newBuilder()
                        .setVolume("pvc-1")
                        .setName(name)
                        .build());
    }

    private List<BackupSummary> list(boolean stored) {
        return wire.operations()
                .listBackups(ListBackupsRequest.newBuilder().setStored(stored).build())
                .getBackupsList();
    }

    private static void assertStatus(Status.Code code, ThrowingCallable call, String word) {
        Throwable failure = catchThrowable(call);
        assertThat(failure).isInstanceOf(StatusRuntimeException.class).hasMessageContaining(word);
        assertThat(((StatusRuntimeException) failure).getStatus().getCode()).isEqualTo(code);
    }

    @Test
    void aTargetThroughItsLife() {
        var added = wire.operations()
                .addTarget(AddTargetRequest.newBuilder()
                        .setName("archive")
                        .setUrl("s3://bucket@region/")
                        .putCredentials("AWS_ACCESS_KEY_ID", "key\n")
                        .putCredentials("AWS_CERT", "-----BEGIN\nx\n")
                        .build());

        assertThat(added.getHasCredentials()).isTrue();
        assertThat(added.getWarningsList()).hasSize(1).first().asString().contains("AWS_ACCESS_KEY_ID");
        assertThat(wire.credentials.find("archive").orElseThrow())
                .containsEntry("AWS_ACCESS_KEY_ID", "key")
                .containsEntry("AWS_CERT", "-----BEGIN\nx\n");
        assertThat(wire.operations()
                        .listTargets(ListTargetsRequest.getDefaultInstance())
                        .getTargetsList())
                .extracting(target -> target.getName())
                .containsExactly("archive", "default");
        assertThat(wire.operations()
                        .testTarget(TestTargetRequest.newBuilder()
                                .setName("archive")
                                .build())
                        .getStepsList())
                .isNotEmpty();
        RemoveTargetRequest remove =
                RemoveTargetRequest.newBuilder().setName("archive").build();
        var _ = wire.operations().removeTarget(remove);
        assertStatus(Status.Code.NOT_FOUND, () -> wire.operations().removeTarget(remove), "archive");
        assertThat(wire.credentials.find("archive")).isEmpty();
    }

    @Test
    void aBackupThroughItsLife() {
        // Under way
        wire.movers.hold();
        BackupSummary begun = create("nightly");
        assertThat(begun.getState()).isEqualTo("uploading");
        assertThat(begun.getTransfer().getDoneBytes()).isEqualTo(40);
        assertThat(wire.operations()
                        .listTransfers(ListTransfersRequest.getDefaultInstance())
                        .getTransfersList())
                .containsExactly(begun.getTransfer());
        assertThat(list(false).getFirst().getTransfer()).isEqualTo(begun.getTransfer());

        // Watched to its end, which is then on record
        Iterator<Transfer> news = wire.operations()
                .watchTransfer(WatchTransferRequest.newBuilder()
                        .setId(begun.getTransfer().getId())
                        .build());
        List<Transfer> seen = new ArrayList<>();
        seen.add(news.next());
        wire.movers.release();
        news.forEachRemaining(seen::add);
        assertThat(seen.getFirst().getState()).isEqualTo("running");
        assertThat(seen.getLast().getState()).isEqualTo("done");
        BackupSummary made = list(false).getFirst();
        assertThat(made.getState()).isEqualTo("ready");
        assertThat(made.getUrl()).isEqualTo("file:///store?backup=nightly&volume=pvc-1");
        assertThat(made.getHandle()).isEqualTo("bak://pvc-1/nightly");
        assertThat(made.getStoredBytes()).isEqualTo(ByteSize.STEP.bytes());

        // Verified
        assertThat(wire.operations()
                        .verifyBackup(VerifyBackupRequest.newBuilder()
                                .setVolume("pvc-1")
                                .setName("nightly")
                                .build())
                        .getState())
                .isEqualTo("done");

        // Restored, by each of its names
        int number = 0;
        for (String name : List.of("pvc-1/nightly", made.getHandle(), made.getUrl())) {
            String volume = "restored-" + number++;
            var _ = wire.operations()
                    .createVolume(CreateVolumeRequest.newBuilder()
                            .setName(volume)
                            .setFromBackup(name)
                            .build());
            assertThat(wire.hosts.read(World.replica(volume), 3)).isEqualTo("data");
            assertThat(wire.operations()
                            .getVolume(GetVolumeRequest.newBuilder()
                                    .setName(volume)
                                    .build())
                            .getSource())
                    .isEqualTo(made.getHandle());
        }

        // Deleted
        DeleteBackupRequest delete = DeleteBackupRequest.newBuilder()
                .setVolume("pvc-1")
                .setName("nightly")
                .build();
        var _ = wire.operations().deleteBackup(delete);
        assertThat(wire.movers.stored(URL)).isEmpty();
        assertStatus(Status.Code.NOT_FOUND, () -> wire.operations().deleteBackup(delete), "pvc-1/nightly");
    }

    @Test
    void whatOnlyTheStoreHasIsShownRestoredAndDeleted() {
        wire.movers.putForeign(URL, "old", "theirs", ByteSize.ofMebi(20), "x");
        wire.movers.putForeign(URL, "old", "half", ByteSize.ofMebi(20), "x");
        wire.movers.damage(URL, "old", "half", "");

        assertThat(list(false)).isEmpty();
        assertThat(list(true))
                .extracting(BackupSummary::getName, BackupSummary::getState, BackupSummary::getTarget)
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple("theirs", "in-store", "default"),
                        org.assertj.core.groups.Tuple.tuple("half", "in-store", "default"));
        GetBackupRequest half =
                GetBackupRequest.newBuilder().setVolume("old").setName("half").build();
        assertThat(wire.operations().getBackup(half).getProblem()).contains("in progress");
        var _ = wire.operations()
                .createVolume(CreateVolumeRequest.newBuilder()
                        .setName("restored")
                        .setFromBackup("old/theirs")
                        .setBackupTarget("default")
                        .build());
        var _ = wire.operations()
                .deleteBackup(DeleteBackupRequest.newBuilder()
                        .setVolume("old")
                        .setName("half")
                        .build());
        assertThat(wire.movers.stored(URL)).containsExactly("old/theirs");
        assertStatus(Status.Code.NOT_FOUND, () -> wire.operations().getBackup(half), "old/half");
    }

    @Test
    void aRestoreUnderWayIsAbortedAndItsProgressIsListed() {
        var _ = create("nightly");
        wire.movers.hold();
        CreateVolumeRequest restore = CreateVolumeRequest.newBuilder()
                .setName("restored")
                .setFromBackup("pvc-1/nightly")
                .build();

        assertStatus(Status.Code.ABORTED, () -> wire.operations().createVolume(restore), "40 %");
        Transfer transfer = wire.operations()
                .listTransfers(ListTransfersRequest.getDefaultInstance())
                .getTransfersList()
                .getLast();
        assertThat(transfer.getKind()).isEqualTo("restore");
        assertThat(transfer.getIntoVolume()).isEqualTo("restored");
        assertThat(wire.operations()
                        .cancelTransfer(CancelTransferRequest.newBuilder()
                                .setId(transfer.getId())
                                .setNode(transfer.getNode())
                                .build())
                        .getState())
                .isEqualTo("cancelled");
        wire.movers.release();
        assertThat(wire.operations().createVolume(restore).getState()).isEqualTo("ready");
    }

    @Test
    void whatNobodyKnowsIsNotFoundAndWhatIsAmbiguousInvalid() {
        assertStatus(
                Status.Code.NOT_FOUND,
                () -> wire.operations()
                        .cancelTransfer(
                                CancelTransferRequest.newBuilder().setId("none").build()),
                "none");
        assertStatus(
                Status.Code.NOT_FOUND,
                () -> wire.operations()
                        .listBackups(ListBackupsRequest.newBuilder()
                                .setTarget("none")
                                .build()),
                "none");
        assertStatus(
                Status.Code.INVALID_ARGUMENT,
                () -> wire.operations()
                        .createVolume(CreateVolumeRequest.newBuilder()
                                .setName("x")
                                .setFromBackup("pvc-1/nightly")
                                .setFromVolume("pvc-1")
                                .build()),
                "several");
        assertStatus(
                Status.Code.INVALID_ARGUMENT,
                () -> wire.operations()
                        .createBackup(CreateBackupRequest.newBuilder()
                                .setVolume("pvc-1")
                                .setMode("half")
                                .build()),
                "incremental or full");
    }

    @Test
    void metricsShowTheLatestBackupOfEachVolume() {
        var _ = create("nightly");
        SimpleMeterRegistry registry = new SimpleMeterRegistry();

        new BackupMetrics(registry, wire.services.backups().queries()).refresh();

        assertThat(registry.get("drover.backup.last.success.timestamp.seconds")
                        .tag("volume", "pvc-1")
                        .gauge()
                        .value())
                .isEqualTo(wire.clock.instant().getEpochSecond());
        assertThat(registry.get("drover.backups").tag("state", "ready").gauge().value())
                .isEqualTo(1);
        assertThat(registry.get("drover.backup.running")
                        .tag("volume", "pvc-1")
                        .gauge()
                        .value())
                .isZero();
    }
}
