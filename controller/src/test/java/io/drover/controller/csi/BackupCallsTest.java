package io.drover.controller.csi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.drover.controller.fake.Wire;
import io.drover.controller.fake.World;
import io.drover.controller.mover.Transfer;
import io.drover.core.error.ErrorCode;
import io.drover.core.model.ByteSize;
import io.drover.csi.v1.CreateSnapshotRequest;
import io.drover.csi.v1.CreateVolumeRequest;
import io.drover.csi.v1.DeleteSnapshotRequest;
import io.drover.csi.v1.GetSnapshotRequest;
import io.drover.csi.v1.ListSnapshotsRequest;
import io.drover.csi.v1.Snapshot;
import io.drover.csi.v1.Volume;
import io.drover.csi.v1.VolumeCapability;
import io.drover.csi.v1.VolumeContentSource;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Backups as CSI's clients see them. */
class BackupCallsTest {
    private static final String URL = "s3://bucket@region/path/";
    private static final Map<String, String> BAK = Map.of("type", "bak");

    private final Wire wire = new Wire();

    @BeforeEach
    void givenVolumeAndTarget() {
        var _ = create("pvc-1", request -> {});
        wire.hosts.write(World.replica("pvc-1"), 3, "data");
        var _ = wire.services.backups().targets().add("default", URL, Map.of());
    }

    @AfterEach
    void close() {
        wire.close();
    }

    private Volume create(String name, Consumer<CreateVolumeRequest.Builder> change) {
        CreateVolumeRequest.Builder request = CreateVolumeRequest.newBuilder()
                .setName(name)
                .addVolumeCapabilities(VolumeCapability.newBuilder()
                        .setMount(VolumeCapability.MountVolume.getDefaultInstance())
                        .setAccessMode(VolumeCapability.AccessMode.newBuilder()
                                .setMode(VolumeCapability.AccessMode.Mode.SINGLE_NODE_WRITER)));
        change.accept(request);
        return wire.controller().createVolume(request.build()).getVolume();
    }

    private Snapshot snapshot(String name, Map<String, String> parameters, Map<String, String> secrets) {
        return wire.controller()
                .createSnapshot(CreateSnapshotRequest.newBuilder()
                        .setSourceVolumeId("pvc-1")
                        .setName(name)
                        .putAllParameters(parameters)
                        .putAllSecrets(secrets)
                        .build())
                .getSnapshot();
    }

    private Snapshot snapshot(String name, Map<String, String> parameters) {
        return snapshot(name, parameters, Map.of());
    }

    private Volume restore(String name, String handle) {
        return create(
                name,
                request -> request.setVolumeContentSource(VolumeContentSource.newBuilder()
                        .setSnapshot(
                                VolumeContentSource.SnapshotSource.newBuilder().setSnapshotId(handle))));
    }

    private List<Snapshot> list(Consumer<ListSnapshotsRequest.Builder> change) {
        ListSnapshotsRequest.Builder request = ListSnapshotsRequest.newBuilder();
        change.accept(request);
        return wire.controller().listSnapshots(request.build()).getEntriesList().stream()
                .map(entry -> entry.getSnapshot())
                .toList();
    }

    private Snapshot get(String handle) {
        return wire.controller()
                .getSnapshot(
                        GetSnapshotRequest.newBuilder().setSnapshotId(handle).build())
                .getSnapshot();
    }

    private void delete(String handle) {
        var _ = wire.controller()
                .deleteSnapshot(
                        DeleteSnapshotRequest.newBuilder().setSnapshotId(handle).build());
    }

    private static void assertStatus(Status.Code code, ThrowingCallable call, String... words) {
        Throwable failure = catchThrowable(call);
        assertThat(failure).isInstanceOf(StatusRuntimeException.class);
        assertThat(((StatusRuntimeException) failure).getStatus().getCode())
                .as(failure.getMessage())
                .isEqualTo(code);
        for (String word : words) {
            assertThat(failure).hasMessageContaining(word);
        }
    }

    @Test
    void aBackupThroughItsLife() {
        // Under way: the handle is there, the backup is not ready, and says when it was cut
        wire.movers.hold();
        Snapshot begun = snapshot("snapshot-1", BAK);
        assertThat(begun.getSnapshotId()).isEqualTo("bak://pvc-1/snapshot-1");
        assertThat(begun.getSourceVolumeId()).isEqualTo("pvc-1");
        assertThat(begun.getReadyToUse()).isFalse();
        assertThat(begun.getSizeBytes()).isEqualTo(1L << 30);
        assertThat(begun.getCreationTime().getSeconds())
                .isEqualTo(wire.clock.instant().getEpochSecond());
        assertThat(snapshot("snapshot-1", BAK)).isEqualTo(begun);
        assertThat(list(request -> {})).containsExactly(begun);

        // Uploaded
        wire.movers.release();
        Snapshot ready = snapshot("snapshot-1", BAK);
        assertThat(ready).isEqualTo(begun.toBuilder().setReadyToUse(true).build());
        assertThat(get(ready.getSnapshotId())).isEqualTo(ready);
        assertThat(list(request -> request.setSnapshotId(ready.getSnapshotId())))
                .containsExactly(ready);
        assertThat(list(request -> request.setSourceVolumeId("pvc-1"))).containsExactly(ready);
        assertThat(list(request -> request.setSourceVolumeId("pvc-2"))).isEmpty();

        // Restored
        Volume restored = restore("restored", ready.getSnapshotId());
        assertThat(restored.getContentSource().getSnapshot().getSnapshotId()).isEqualTo(ready.getSnapshotId());
        assertThat(wire.hosts.read(World.replica("restored"), 3)).isEqualTo("data");

        // Deleted
        delete(ready.getSnapshotId());
        delete(ready.getSnapshotId());
        assertThat(wire.movers.stored(URL)).isEmpty();
        assertThat(list(request -> {})).isEmpty();
        assertStatus(Status.Code.NOT_FOUND, () -> get(ready.getSnapshotId()));
    }

    @Test
    void withoutATypeABackupIsMeantAndWithoutATargetThatIsSaid() {
        assertThat(snapshot("snapshot-1", Map.of()).getSnapshotId()).startsWith("bak://");
        assertThat(snapshot("snapshot-2", Map.of("type", "")).getSnapshotId()).startsWith("bak://");
        assertThat(snapshot("snapshot-3", Map.of("backupMode", "full")).getSnapshotId())
                .startsWith("bak://");

        wire.services.backups().targets().remove("default", true);
        assertStatus(
                Status.Code.FAILED_PRECONDITION,
                () -> snapshot("snapshot-4", Map.of()),
                "drover target add default",
                "type: snap");
        assertStatus(
                Status.Code.FAILED_PRECONDITION,
                () -> snapshot("snapshot-4", Map.of("type", "bak", "backupTarget", "archive")),
                "drover target add archive");
        assertThat(wire.hosts.contents()).doesNotContain("pvc-1@snapshot-4");
    }

    @Test
    void aTargetByUrlTakesItsKeysFromTheRequest() {
        Map<String, String> secrets = Map.of("AWS_SECRET_ACCESS_KEY", "hunter2");
        Map<String, String> parameters = Map.of("type", "bak", "backupTarget", "s3://theirs@region/");

        Snapshot made = snapshot("snapshot-1", parameters, secrets);

        assertThat(made.getReadyToUse()).isTrue();
        assertThat(wire.movers.stored("s3://theirs@region/")).containsExactly("pvc-1/snapshot-1");
        assertThat(wire.movers.backupOrders().getFirst().target().credentials()).isEqualTo(secrets);
        assertThat(wire.store.list(io.drover.core.model.Backup.class).toString())
                .doesNotContain("hunter2");
    }

    @Test
    void aFailureIsToldToWhoHasTheHandle() {
        wire.movers.endNext(Transfer.Kind.BACKUP, ErrorCode.IN_USE);
        assertThat(snapshot("snapshot-1", BAK).getReadyToUse()).isFalse();

        wire.movers.endNext(Transfer.Kind.BACKUP, ErrorCode.IN_USE);
        assertStatus(Status.Code.FAILED_PRECONDITION, () -> snapshot("snapshot-1", BAK), "pvc-1/snapshot-1");
        assertThat(list(request -> {})).extracting(Snapshot::getReadyToUse).containsExactly(false);

        assertThat(snapshot("snapshot-1", BAK).getReadyToUse()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "type, bak, backupMode, sometimes, INVALID_ARGUMENT, incremental",
        "type, bak, backupTarget, s3://, INVALID_ARGUMENT, backupTarget",
        "type, bak, backupTarget, cifs://host/share, UNIMPLEMENTED, cifs",
        "type, bak, fromBackup, s3://b@r/, INVALID_ARGUMENT, fromBackup",
        "type, bak, fromBackup, s3://b@r/?backup=none&volume=pvc-9, NOT_FOUND, pvc-9/none",
        "type, bi, backupMode, full, UNIMPLEMENTED, snap or bak"
    })
    void whatCannotBeIsRefusedAndLeavesNothing(
            String key, String value, String other, String otherValue, Status.Code code, String word) {
        assertStatus(code, () -> snapshot("snapshot-1", Map.of(key, value, other, otherValue)), word);

        assertThat(wire.hosts.contents()).containsExactly("pvc-1");
        assertThat(list(request -> {})).isEmpty();
    }

    @Test
    void namesThatMakeNoHandleAreRefused() {
        assertStatus(Status.Code.INVALID_ARGUMENT, () -> snapshot("n".repeat(120), BAK), "128");
        assertStatus(Status.Code.INVALID_ARGUMENT, () -> snapshot("n", BAK), "too short");
        assertStatus(Status.Code.UNIMPLEMENTED, () -> get("bs://pvc-1/snapshot-1"), "bak://");
        assertThat(list(request -> request.setSnapshotId("bak://x"))).isEmpty();
    }

    @Test
    void aBackupOfSomebodyElsesIsStoodForAndKept() {
        // Given
        wire.movers.putForeign("file:///theirs", "pvc-9", "backup-9", ByteSize.ofMebi(20), "theirs");
        Map<String, String> parameters =
                Map.of("type", "bak", "fromBackup", "file:///theirs?backup=backup-9&volume=pvc-9");

        // When
        Snapshot kept = snapshot("snapshot-1", parameters);

        // Then
        assertThat(kept.getSnapshotId()).isEqualTo("bak://pvc-9/backup-9#kept");
        assertThat(kept.getReadyToUse()).isTrue();
        assertThat(kept.getSizeBytes()).isEqualTo(20L << 20);
        assertThat(snapshot("snapshot-1", parameters)).isEqualTo(kept);
        assertThat(list(request -> request.setSnapshotId(kept.getSnapshotId())))
                .extracting(Snapshot::getSnapshotId)
                .containsExactly(kept.getSnapshotId());
        assertThat(list(request -> {})).isEmpty();

        // Restored from, though no target is known that has it
        Volume restored = restore("restored", kept.getSnapshotId());
        assertThat(restored.getCapacityBytes()).isEqualTo(20L << 20);
        assertThat(wire.hosts.read(World.replica("restored"), 0)).isEqualTo("theirs");

        // Deleted: it stays
        delete(kept.getSnapshotId());
        assertThat(wire.movers.stored("file:///theirs")).containsExactly("pvc-9/backup-9");
    }

    @Test
    void aHandleWrittenByHandIsLookedUpInTheStores() {
        wire.movers.putForeign(URL, "pvc-9", "backup-9", ByteSize.ofMebi(20), "theirs");

        assertThat(list(request -> request.setSnapshotId("bak://pvc-9/backup-9")))
                .hasSize(1)
                .first()
                .satisfies(found -> assertThat(found.getReadyToUse()).isTrue());
        assertThat(get("bak://pvc-9/backup-9").getSizeBytes()).isEqualTo(20L << 20);
        assertThat(list(request -> request.setSnapshotId("bak://pvc-9/none"))).isEmpty();
        wire.movers.silence(URL);
        assertStatus(Status.Code.UNAVAILABLE, () -> list(request -> request.setSnapshotId("bak://pvc-9/backup-9")));
        wire.movers.answer(URL);

        delete("bak://pvc-9/backup-9");
        assertThat(wire.movers.stored(URL)).isEmpty();
    }

    @Test
    void aStorageClassNamesABackup() {
        wire.movers.putForeign("s3://theirs@region", "pvc-9", "backup-9", ByteSize.ofMebi(20), "theirs");

        Volume restored = create(
                "restored",
                request -> request.putParameters("fromBackup", "s3://theirs@region/?backup=backup-9&volume=pvc-9")
                        .putSecrets("AWS_SECRET_ACCESS_KEY", "hunter2"));

        assertThat(restored.getCapacityBytes()).isEqualTo(20L << 20);
        assertThat(wire.movers.restoreOrders().getFirst().target().credentials())
                .containsEntry("AWS_SECRET_ACCESS_KEY", "hunter2");
        assertThat(wire.store.list(io.drover.core.model.Volume.class).toString())
                .doesNotContain("hunter2");
    }

    @Test
    void pagesGoOverSnapshotsAndBackups() {
        for (int i = 1; i <= 3; i++) {
            snapshot("backup-" + i, BAK);
            snapshot("snap-" + i, Map.of("type", "snap"));
        }
        var first = wire.controller()
                .listSnapshots(
                        ListSnapshotsRequest.newBuilder().setMaxEntries(4).build());
        var second = wire.controller()
                .listSnapshots(ListSnapshotsRequest.newBuilder()
                        .setMaxEntries(4)
                        .setStartingToken(first.getNextToken())
                        .build());
        assertThat(first.getEntriesCount()).isEqualTo(4);
        assertThat(second.getEntriesCount()).isEqualTo(2);
        assertThat(second.getNextToken()).isEmpty();
    }
}
