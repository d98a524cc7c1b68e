package io.drover.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drover.core.error.ErrorCode;
import io.drover.core.error.StorageException;
import io.drover.core.model.ByteSize;
import io.drover.core.model.Resource;
import io.drover.core.model.Snapshot;
import io.drover.core.model.SnapshotId;
import io.drover.core.model.SnapshotOrigin;
import io.drover.core.model.SnapshotState;
import io.drover.core.model.Volume;
import io.drover.core.model.VolumeId;
import io.drover.core.resources.RandomRecords;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryStoreTest extends ResourceStoreContract {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @SuppressWarnings("NullAway.Init")
    private DirectoryStore store;

    @BeforeEach
    void open() {
        store = DirectoryStore.open(folder.resolve("resources"));
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Override
    protected ResourceStore store() {
        return store;
    }

    @Test
    void everythingIsThereAfterARestart() {
        RandomRecords random = new RandomRecords(11);
        for (int i = 0; i < 100; i++) {
            Resource record = random.any();
            if (store.find(record.getClass(), record.key()).isEmpty()) {
                store.create(record);
            }
        }
        Stored<Volume> changed = store.create(random.volume("pvc-1"));
        changed = store.update(changed, changed.value().withSize(ByteSize.ofGibi(9)));
        store.create(random.volume("pvc-2"));
        store.delete(Volume.class, "pvc-2");
        var volumes = store.list(Volume.class);
        var snapshots = store.list(Snapshot.class);

        restart();

        assertThat(store.list(Volume.class)).isEqualTo(volumes).contains(changed);
        assertThat(store.list(Snapshot.class)).isEqualTo(snapshots);
        assertThat(store.create(random.volume("pvc-3")).version()).isGreaterThan(changed.version());
    }

    @Test
    void aSnapshotWithTheLongestNamesHasItsFile() {
        Snapshot one = snapshot("a".repeat(128), "b".repeat(128));
        Snapshot other = snapshot("a".repeat(128), "b".repeat(127) + "c");
        store.create(one);
        store.create(other);

        restart();

        assertThat(store.find(Snapshot.class, one.key()).orElseThrow().value()).isEqualTo(one);
        assertThat(store.find(Snapshot.class, other.key()).orElseThrow().value())
                .isEqualTo(other);
    }

    @Test
    void theFileIsNamedAsTheRecordAndReadable() {
        store.create(snapshot("pvc-1", "before"));

        assertThat(folder.resolve("resources/snapshots/pvc-1@before.yaml"))
                .content()
                .contains("kind: Snapshot", "name: pvc-1@before", "state: Ready");
    }

    @Test
    void whatAnInterruptedWriteLeftIsRemoved() throws IOException {
        Stored<Volume> kept = store.create(new RandomRecords(1).volume("pvc-1"));
        Path leftover = folder.resolve("resources/volumes/.pvc-1.yaml.tmp");
        Files.writeString(leftover, "apiVersion: dro");

        restart();

        assertThat(leftover).doesNotExist();
        assertThat(store.find(Volume.class, "pvc-1")).contains(kept);
    }

    @Test
    void aForeignFileIsLeftAlone() throws IOException {
        Path notes = Files.writeString(folder.resolve("resources/volumes/notes.txt"), "mine");

        restart();

        assertThat(notes).hasContent("mine");
        assertThat(store.list(Volume.class)).isEmpty();
    }

    @Test
    void everyFileThatCannotBeReadIsNamedAndNothingStarts() throws IOException {
        store.close();
        Files.writeString(folder.resolve("resources/volumes/bad.yaml"), "a: [");
        Files.writeString(folder.resolve("resources/snapshots/empty.yaml"), "");

        assertThatThrownBy(() -> DirectoryStore.open(folder.resolve("resources")))
                .isInstanceOfSatisfying(
                        StorageException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CORRUPT))
                .hasMessageContaining("volumes/bad.yaml")
                .hasMessageContaining("snapshots/empty.yaml");
    }

    @Test
    void aCopyUnderAnotherNameIsNoSecondRecord() throws IOException {
        store.create(new RandomRecords(1).volume("pvc-1"));
        store.close();
        Files.copy(folder.resolve("resources/volumes/pvc-1.yaml"), folder.resolve("resources/volumes/pvc-1-copy.yaml"));

        assertThatThrownBy(() -> DirectoryStore.open(folder.resolve("resources")))
                .hasMessageContaining("pvc-1-copy.yaml")
                .hasMessageContaining("name it pvc-1.yaml");
    }

    @Test
    void aSecondProcessIsToldWhoHasTheDirectory() {
        assertThatThrownBy(() -> DirectoryStore.open(folder.resolve("resources")))
                .isInstanceOfSatisfying(
                        StorageException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.IN_USE))
                .hasMessageContaining("process " + ProcessHandle.current().pid());
    }

    @Test
    void aWriteThatFailsChangesNothing() throws IOException {
        Stored<Volume> read = store.create(new RandomRecords(1).volume("pvc-1"));
        // A folder in the place of the temporary file, with something in it, cannot be replaced.
        Path obstacle = folder.resolve("resources/volumes/.pvc-1.yaml.tmp");
        Files.createDirectories(obstacle.resolve("x"));

        assertThatThrownBy(() -> store.update(read, read.value().withSize(ByteSize.ofGibi(7))))
                .hasMessageContaining("pvc-1.yaml");

        assertThat(store.find(Volume.class, "pvc-1")).contains(read);
        Files.delete(obstacle.resolve("x"));
        Files.delete(obstacle);
        assertThat(store.update(read, read.value().withSize(ByteSize.ofGibi(7)))
                        .value()
                        .size())
                .isEqualTo(ByteSize.ofGibi(7));
    }

    private void restart() {
        store.close();
        open();
    }

    private static Snapshot snapshot(String volume, String name) {
        return new Snapshot(
                new SnapshotId(new VolumeId(volume), name),
                SnapshotState.READY,
                SnapshotOrigin.CSI,
                ByteSize.ofGibi(1),
                Optional.empty(),
                Map.of(),
                Instant.parse("2026-11-23T20:00:00Z"));
    }
}
