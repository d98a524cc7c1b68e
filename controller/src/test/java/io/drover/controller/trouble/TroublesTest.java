package io.drover.controller.trouble;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.controller.backup.BackupSpecification;
import io.drover.controller.fake.World;
import io.drover.controller.mover.Transfer;
import io.drover.core.error.ErrorCode;
import io.drover.core.model.BackupId;
import io.drover.core.model.BackupMode;
import io.drover.core.model.BackupOrigin;
import io.drover.core.model.NodeId;
import io.drover.core.model.StorageNode;
import io.drover.core.model.StorageNode.NodeReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TroublesTest {
    private static final String URL = "s3://bucket@region/path/";

    private final World world = new World();
    private final List<String> told = new ArrayList<>();
    private final Troubles troubles = new Troubles(
            world.store,
            (kind, key, reason, message) -> told.add(kind.getSimpleName() + " " + key + " " + reason + ": " + message));

    @Test
    void aBackupThatFailsIsToldOnceOnItselfAndOnItsVolume() {
        world.create("pvc-1");
        var _ = world.services().backups().targets().add("default", URL, Map.of());
        troubles.look();
        world.movers.endNext(Transfer.Kind.BACKUP, ErrorCode.UNSUPPORTED);
        failingBackup();

        troubles.look();
        troubles.look();

        assertThat(told)
                .hasSize(2)
                .anySatisfy(text -> assertThat(text)
                        .startsWith("Backup pvc-1@backup-1 BackupFailed: ")
                        .contains("injected end"))
                .anySatisfy(text -> assertThat(text).startsWith("Volume pvc-1 BackupFailed: backup backup-1: "));
    }

    @Test
    void aHostThatCeasesToAnswerIsToldAgainWhenItHappensAgain() {
        node(true, "Ready");
        troubles.look();

        node(false, "NoAnswer");
        troubles.look();
        node(true, "Ready");
        troubles.look();
        node(false, "NoAnswer");
        troubles.look();

        assertThat(told).containsExactly("StorageNode worker-1 NoAnswer: why", "StorageNode worker-1 NoAnswer: why");
    }

    @Test
    void whatStoodThereBeforeIsNotToldAgain() {
        node(false, "NoAnswer");

        troubles.look();
        troubles.look();

        assertThat(told).isEmpty();
    }

    private void failingBackup() {
        BackupId id = new BackupId(World.volume("pvc-1"), "backup-1");
        try {
            var _ = world.services()
                    .backups()
                    .creation()
                    .create(
                            new BackupSpecification(id, BackupOrigin.USER, "", "", BackupMode.INCREMENTAL, Map.of()),
                            Map.of());
        } catch (io.drover.core.error.StorageException e) {
            assertThat(e).hasMessageContaining("injected end");
        }
    }

    private void node(boolean ready, String reason) {
        NodeReport report = new NodeReport("", ready, reason, ready ? "" : "why", List.of(), world.clock.instant());
        if (world.store.find(StorageNode.class, "worker-1").isEmpty()) {
            world.store.create(new StorageNode(
                    new NodeId("worker-1"), List.of(), true, List.of(), Optional.empty(), world.clock.instant()));
        }
        world.store.change(StorageNode.class, "worker-1", node -> node.withReport(report));
    }
}
