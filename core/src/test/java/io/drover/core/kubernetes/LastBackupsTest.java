package io.drover.core.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.core.fault.FaultPoints;
import io.drover.core.model.Backup;
import io.drover.core.model.BackupId;
import io.drover.core.model.BackupMode;
import io.drover.core.model.BackupOrigin;
import io.drover.core.model.BackupState;
import io.drover.core.model.ByteSize;
import io.drover.core.model.Volume;
import io.drover.core.model.VolumeId;
import io.drover.core.resources.RandomRecords;
import io.drover.core.store.Stored;
import io.drover.core.time.Pause;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LastBackupsTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Instant FIRST = Instant.parse("2026-11-30T02:00:00Z");
    private static final Instant SECOND = Instant.parse("2026-11-30T03:00:00.5Z");

    @SuppressWarnings("NullAway.Init")
    private FakeApiServer server;

    @SuppressWarnings("NullAway.Init")
    private KubernetesConnection connection;

    @SuppressWarnings("NullAway.Init")
    private KubernetesStore store;

    @BeforeEach
    void open() throws IOException {
        server = new FakeApiServer();
        connection = KubernetesStoreTest.connect(server.url());
        Pause soon = time ->
                Pause.SLEEP.forDuration(time.compareTo(Duration.ofMillis(50)) < 0 ? time : Duration.ofMillis(50));
        store = KubernetesStore.open(connection, Clock.systemUTC(), soon, FaultPoints.NONE);
        assertThat(store.awaitSynced(SOON)).isTrue();
    }

    @AfterEach
    void close() {
        store.close();
        connection.close();
        server.close();
    }

    @Test
    void theLatestCompletedBackupIsShownOnItsVolumeAndOnlyThere() {
        Stored<Volume> volume = store.create(new RandomRecords(3).volume("pvc-1"));
        store.create(new RandomRecords(4).volume("pvc-2"));
        store.create(backup("backup-b", BackupState.READY, Optional.of(SECOND)));
        store.create(backup("backup-a", BackupState.READY, Optional.of(FIRST)));
        store.create(backup("backup-c", BackupState.UPLOADING, Optional.empty()));

        awaitShown("2026-11-30T03:00:00Z");

        assertThat(shown("pvc-2")).isEmpty();
        assertThat(store.find(Volume.class, "pvc-1").map(Stored::value)).contains(volume.value());
    }

    @Test
    void aBackupThatIsDeletedIsNotShownAnyLonger() {
        store.create(new RandomRecords(3).volume("pvc-1"));
        store.create(backup("backup-a", BackupState.READY, Optional.of(FIRST)));
        Backup second = backup("backup-b", BackupState.READY, Optional.of(SECOND));
        store.create(second);
        awaitShown("2026-11-30T03:00:00Z");

        store.delete(Backup.class, second.key());
        awaitShown("2026-11-30T02:00:00Z");
        store.delete(Backup.class, Backup.key(new BackupId(new VolumeId("pvc-1"), "backup-a")));

        awaitShown("");
    }

    @Test
    void aRefusedChangeIsMadeInALaterRound() {
        store.create(new RandomRecords(3).volume("pvc-1"));
        server.plan("PATCH", "/volumes/pvc-1", FakeApiServer.Fault.FORBIDDEN);
        store.create(backup("backup-a", BackupState.READY, Optional.of(FIRST)));

        awaitShown("2026-11-30T02:00:00Z");
    }

    private void awaitShown(String time) {
        Awaitility.await()
                .atMost(SOON)
                .untilAsserted(() -> assertThat(shown("pvc-1")).isEqualTo(time));
    }

    private String shown(String volume) {
        return server.get("volumes", volume)
                .at("/metadata/annotations/drover.io~1last-backup")
                .asText();
    }

    private static Backup backup(String name, BackupState state, Optional<Instant> completed) {
        return new Backup(
                new BackupId(new VolumeId("pvc-1"), name),
                "default",
                "s3://b@r/",
                state,
                BackupOrigin.USER,
                "",
                BackupMode.INCREMENTAL,
                Map.of(),
                ByteSize.ofGibi(1),
                FIRST,
                Optional.empty(),
                Optional.empty(),
                FIRST,
                completed);
    }
}
