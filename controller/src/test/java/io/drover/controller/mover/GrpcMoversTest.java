package io.drover.controller.mover;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.controller.fake.Expect;
import io.drover.controller.fake.Wire;
import io.drover.controller.fake.World;
import io.drover.core.error.ErrorCode;
import io.drover.core.model.BackupId;
import io.drover.core.model.BackupMode;
import io.drover.core.model.BackupSettings;
import io.drover.core.model.ByteSize;
import io.drover.core.model.DiskId;
import io.drover.core.model.NodeId;
import io.drover.core.model.SnapshotId;
import io.drover.core.model.VolumeId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The client of the movers says and hears over gRPC what the fake says and hears without it. */
class GrpcMoversTest {
    private static final NodeId NODE = new NodeId(World.NODE);
    private static final TargetAccess TARGET =
            new TargetAccess("s3://bucket@region/", Map.of("AWS_SECRET_ACCESS_KEY", "hunter2"));
    private static final BackupId BACKUP = new BackupId(new VolumeId("pvc-1"), "backup-1");
    private static final BackupSettings SETTINGS = new BackupSettings(
            3, 7, ByteSize.ofMebi(99), ByteSize.ofMebi(5), 2, BackupSettings.Compression.GZIP, ByteSize.ofMebi(16));

    private final Wire wire = new Wire();

    @AfterEach
    void close() {
        wire.close();
    }

    private BackupOrder order() {
        var _ = wire.services.creation().create(World.blank("pvc-1"));
        wire.hosts.write(World.replica("pvc-1"), 5, "data");
        var snapshot = wire.services.snapshotCreation().create(World.csiSnapshot("pvc-1", "snap-1"));
        BackupOrder.LocalSnapshot local = new BackupOrder.LocalSnapshot("snap-1", snapshot.createdAt());
        return new BackupOrder(
                TARGET,
                BACKUP,
                new DiskId(World.DISK),
                local,
                ByteSize.ofGibi(1),
                List.of(local),
                Map.of("k", "v"),
                BackupMode.FULL,
                SETTINGS);
    }

    @Test
    void whatIsOrderedArrivesAndWhatIsToldComesBack() {
        BackupOrder order = order();
        Movers movers = wire.grpcMovers();

        Transfer made = movers.startBackup(NODE, order);

        assertThat(wire.movers.backupOrders()).containsExactly(order);
        assertThat(made).isEqualTo(wire.movers.transfer(NODE, made.id(), Duration.ZERO));
        assertThat(made.result().orElseThrow()).isEqualTo(wire.movers.backup(NODE, TARGET, BACKUP));
        assertThat(movers.transfers(NODE)).containsExactly(made);
        assertThat(movers.transfer(NODE, made.id(), Duration.ofSeconds(1))).isEqualTo(made);
        assertThat(movers.backup(NODE, TARGET, BACKUP)).isEqualTo(made.result().orElseThrow());
        assertThat(movers.backups(NODE, TARGET, "pvc-1"))
                .containsExactly(made.result().orElseThrow());
        assertThat(movers.volumes(NODE, TARGET)).extracting(StoredVolume::name).containsExactly("pvc-1");
        assertThat(movers.test(NODE, TARGET)).isEqualTo(wire.movers.test(NODE, TARGET));
        assertThat(movers.startVerification(NODE, TARGET, BACKUP, 10, SETTINGS).state())
                .isEqualTo(Transfer.State.DONE);
        assertThat(movers.startDeletion(NODE, TARGET, BACKUP, List.of("backup-2"))
                        .kind())
                .isEqualTo(Transfer.Kind.DELETION);
        assertThat(wire.movers.remembered()).containsExactly("backup-2");
        assertThat(wire.movers.stored(TARGET.url())).isEmpty();
        assertThat(wire.services.records().snapshot(new SnapshotId(new VolumeId("pvc-1"), "snap-1")))
                .isPresent();
    }

    @Test
    void failuresKeepTheirCodes() {
        BackupOrder order = order();
        Movers movers = wire.grpcMovers();

        Expect.code(ErrorCode.NOT_FOUND, () -> movers.transfer(NODE, "none", Duration.ZERO), "none");
        Expect.code(ErrorCode.NOT_FOUND, () -> movers.backup(NODE, TARGET, BACKUP), "backup-1");
        movers.cancel(NODE, "none");
        wire.movers.failNext("startBackup", ErrorCode.CORRUPT);
        Expect.code(ErrorCode.CORRUPT, () -> movers.startBackup(NODE, order));
        wire.movers.endNext(Transfer.Kind.BACKUP, ErrorCode.IN_USE);
        assertThat(movers.startBackup(NODE, order).failed("back up").code()).isEqualTo(ErrorCode.IN_USE);
        Expect.code(ErrorCode.UNAVAILABLE, () -> movers.transfers(new NodeId("elsewhere")), "elsewhere");
        wire.stopAgent();
        Expect.code(ErrorCode.UNAVAILABLE, () -> movers.startBackup(NODE, order));
    }
}
