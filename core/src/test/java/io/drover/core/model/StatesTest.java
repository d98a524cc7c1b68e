package io.drover.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Walks states × states, so that a transition nobody meant shows. */
class StatesTest {
    private static final Map<VolumeState, Set<VolumeState>> VOLUME = Map.of(
            VolumeState.CREATING, Set.of(VolumeState.READY, VolumeState.DELETING),
            VolumeState.READY, Set.of(VolumeState.DELETING),
            VolumeState.DELETING, Set.of(VolumeState.RETAINED),
            VolumeState.RETAINED, Set.of());
    private static final Map<SnapshotState, Set<SnapshotState>> SNAPSHOT = Map.of(
            SnapshotState.CREATING, Set.of(SnapshotState.READY, SnapshotState.DELETING),
            SnapshotState.READY, Set.of(SnapshotState.DELETING),
            SnapshotState.DELETING, Set.of());

    private static final Map<BackupState, Set<BackupState>> BACKUP = Map.of(
            BackupState.PENDING, Set.of(BackupState.UPLOADING, BackupState.DELETING),
            BackupState.UPLOADING, Set.of(BackupState.READY, BackupState.FAILED, BackupState.DELETING),
            BackupState.FAILED, Set.of(BackupState.UPLOADING, BackupState.DELETING),
            BackupState.READY, Set.of(BackupState.DELETING),
            BackupState.DELETING, Set.of());

    @Test
    void aBackupMovesOnlyAsDrawn() {
        for (BackupState from : BackupState.values()) {
            for (BackupState to : BackupState.values()) {
                assertThat(from.mayBecome(to))
                        .as("%s to %s", from, to)
                        .isEqualTo(from == to
                                || BACKUP.getOrDefault(from, Set.of()).contains(to));
            }
        }
    }

    @Test
    void aVolumeMovesOnlyAsDrawn() {
        for (VolumeState from : VolumeState.values()) {
            for (VolumeState to : VolumeState.values()) {
                assertThat(from.mayBecome(to))
                        .as("%s to %s", from, to)
                        .isEqualTo(from == to
                                || VOLUME.getOrDefault(from, Set.of()).contains(to));
            }
        }
    }

    @Test
    void aSnapshotMovesOnlyAsDrawn() {
        for (SnapshotState from : SnapshotState.values()) {
            for (SnapshotState to : SnapshotState.values()) {
                assertThat(from.mayBecome(to))
                        .as("%s to %s", from, to)
                        .isEqualTo(from == to
                                || SNAPSHOT.getOrDefault(from, Set.of()).contains(to));
            }
        }
    }

    @Test
    void aRecordRefusesAMoveThatIsNotDrawn() {
        Snapshot deleting = new Snapshot(
                new SnapshotId(new VolumeId("v"), "s"),
                SnapshotState.DELETING,
                SnapshotOrigin.CSI,
                ByteSize.STEP,
                Optional.empty(),
                Map.of(),
                Instant.EPOCH);
        assertThatThrownBy(() -> deleting.taken(Instant.EPOCH, ByteSize.STEP))
                .hasMessageContaining("from DELETING to READY");
    }
}
