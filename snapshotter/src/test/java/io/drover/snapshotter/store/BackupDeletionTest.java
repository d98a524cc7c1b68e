package io.drover.snapshotter.store;

import static io.drover.snapshotter.store.StoreFixture.image;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drover.core.error.ErrorCode;
import io.drover.core.error.StorageException;
import io.drover.core.fault.FaultPoints;
import io.drover.snapshotter.format.Checksum;
import io.drover.snapshotter.format.Compression;
import io.drover.snapshotter.format.StorePaths;
import io.drover.snapshotter.format.VolumeConfiguration;
import io.drover.snapshotter.lock.HeldLock;
import io.drover.snapshotter.lock.LockType;
import io.drover.snapshotter.target.DirectoryTarget;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class BackupDeletionTest {
    private static final String VOLUME = "pvc-1";
    private static final Map<String, byte[]> IMAGES = new TreeMap<>(Map.of(
            "backup-1", image(1, 2, 3, 0, 0, 0),
            "backup-2", image(1, 2, 4, 5, 0, 0),
            "backup-3", image(6, 2, 4, 5, 7, 0),
            "backup-4", image(6, 8, 4, 5, 7, 9)));

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    private StoreFixture fixture() {
        return new StoreFixture(target(), FaultPoints.NONE);
    }

    private DirectoryTarget target() {
        return DirectoryTarget.open(directory, "file://test", Clock.systemUTC());
    }

    /** Four backups, and a block that nobody names. */
    private StoreFixture filled() {
        StoreFixture fixture = fixture();
        int second = 0;
        for (Map.Entry<String, byte[]> backup : IMAGES.entrySet()) {
            fixture.backUp(VOLUME, backup.getKey(), backup.getValue(), second++);
        }
        fixture.backUp("pvc-10", "backup-1", image(1, 2, 3), 0);
        return fixture;
    }

    private static void assertRestores(StoreFixture fixture, String... without) {
        for (Map.Entry<String, byte[]> backup : IMAGES.entrySet()) {
            if (!List.of(without).contains(backup.getKey())) {
                assertThat(fixture.restore(VOLUME, backup.getKey()))
                        .as(backup.getKey())
                        .isEqualTo(backup.getValue());
            }
        }
        assertThat(fixture.restore("pvc-10", "backup-1")).isEqualTo(image(1, 2, 3));
    }

    @Test
    void onlyBlocksThatNobodyNeedsGo() {
        StoreFixture fixture = filled();
        assertThat(fixture.blockFiles(VOLUME)).isEqualTo(9);

        DeletionReport report = fixture.deletion(FaultPoints.NONE).delete(VOLUME, "backup-1");

        assertThat(report.existed()).isTrue();
        assertThat(report.blocks()).isEqualTo(1);
        assertThat(report.bytes()).isPositive();
        assertThat(report.kept()).isEmpty();
        assertRestores(fixture, "backup-1");
        VolumeConfiguration volume = fixture.store.volume(VOLUME);
        assertThat(volume.lastBackup()).isEqualTo("backup-4");
        assertThat(volume.blockCount()).isEqualTo(8);
        assertThat(fixture.deletion(FaultPoints.NONE).delete(VOLUME, "backup-1").existed())
                .isFalse();
        assertThat(fixture.files.list(StorePaths.locks(VOLUME))).isEmpty();
    }

    @Test
    void theNewestOfTheRestBecomesTheLast() {
        StoreFixture fixture = filled();
        fixture.deletion(FaultPoints.NONE).delete(VOLUME, "backup-4");
        assertThat(fixture.store.volume(VOLUME).lastBackup()).isEqualTo("backup-3");
        assertThat(fixture.store.volume(VOLUME).lastBackupAt()).contains(StoreFixture.SNAPSHOT.plusSeconds(2));
        assertRestores(fixture, "backup-4");
    }

    @Test
    void theLastBackupOfAVolumeLeavesTheVolume() {
        StoreFixture fixture = filled();
        IMAGES.keySet().forEach(name -> fixture.deletion(FaultPoints.NONE).delete(VOLUME, name));
        assertThat(fixture.blockFiles(VOLUME)).isZero();
        assertThat(fixture.store.volume(VOLUME).lastBackup()).isEmpty();
        assertThat(fixture.store.volume(VOLUME).blockCount()).isZero();
        assertThat(fixture.store.backups(VOLUME)).isEmpty();
    }

    @Test
    void whatIsAbsentIsDeleted() {
        StoreFixture fixture = filled();
        assertThat(fixture.deletion(FaultPoints.NONE)
                        .delete("pvc-2", "backup-1")
                        .existed())
                .isFalse();
        assertThat(fixture.deletion(FaultPoints.NONE).delete(VOLUME, "backup-9").existed())
                .isFalse();
        assertThat(fixture.blockFiles(VOLUME)).isEqualTo(9);
        assertRestores(fixture);
    }

    @Test
    void foreignFilesStay() throws IOException {
        StoreFixture fixture = filled();
        List<Path> foreign = List.of(
                directory.resolve(StorePaths.blocks(VOLUME) + "/README"),
                directory.resolve(StorePaths.blocks(VOLUME) + "/00/" + "0".repeat(64) + ".blk"),
                directory.resolve(StorePaths.backups(VOLUME) + "/notes.txt"),
                directory.resolve(StorePaths.volume(VOLUME) + "/BackupFiles/x.bak"));
        for (Path file : foreign) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, "mine");
        }
        IMAGES.keySet().forEach(name -> fixture.deletion(FaultPoints.NONE).delete(VOLUME, name));
        assertThat(foreign).allMatch(Files::exists);
    }

    @Test
    void aBackupInProgressKeepsTheBlocks() {
        StoreFixture fixture = filled();
        fixture.store.begin(VOLUME, "backup-5", Compression.LZ4);
        DeletionReport report = fixture.deletion(FaultPoints.NONE).delete(VOLUME, "backup-4");
        assertThat(report.kept()).contains("backup-5").contains("in progress");
        assertThat(fixture.blockFiles(VOLUME)).isEqualTo(9);
        assertThat(fixture.store.volume(VOLUME).lastBackup()).isEmpty();

        // Deleting it frees what both left.
        assertThat(fixture.deletion(FaultPoints.NONE).delete(VOLUME, "backup-5").kept())
                .isEmpty();
        assertThat(fixture.blockFiles(VOLUME)).isEqualTo(7);
        assertRestores(fixture, "backup-4");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "",
                "{\"Name\":\"backup-1\",\"VolumeName\":\"pvc-1\",\"CreatedTime\":\"2026-01-01T00:00:00Z\"}"
            })
    void aDamagedNeighbourKeepsTheBlocks(String json) throws IOException {
        StoreFixture fixture = filled();
        Path neighbour = directory.resolve(StorePaths.backupConfiguration(VOLUME, "backup-2"));
        byte[] right = Files.readAllBytes(neighbour);
        Files.writeString(neighbour, json);
        DeletionReport report = fixture.deletion(FaultPoints.NONE).delete(VOLUME, "backup-1");
        assertThat(report.kept()).contains("backup-2").contains("damaged");
        Files.write(neighbour, right);
        assertRestores(fixture, "backup-1");
    }

    /** What plain HTTP, or a disk, may do to a configuration without anybody noticing. */
    @Test
    void aByteThatChangedInANeighboursConfigurationLosesNothing() throws IOException {
        Path neighbour = directory.resolve(StorePaths.backupConfiguration(VOLUME, "backup-2"));
        refill();
        byte[] right = Files.readAllBytes(neighbour);
        for (int at = 0; at < right.length; at += 5) {
            refill();
            byte[] damaged = right.clone();
            // Stays a hex digit, a decimal digit or a letter: what parses is the dangerous kind.
            damaged[at] ^= 1;
            Files.write(neighbour, damaged);
            try {
                fixture().deletion(FaultPoints.NONE).delete(VOLUME, "backup-1");
            } catch (StorageException e) {
                assertThat(e.code()).isEqualTo(ErrorCode.UNAVAILABLE);
            }
            Files.write(neighbour, right);
            assertRestores(fixture(), "backup-1");
        }
    }

    @Test
    void aMapThatLostItsEntriesLosesNothing() throws IOException {
        refill();
        Path neighbour = directory.resolve(StorePaths.backupConfiguration(VOLUME, "backup-2"));
        byte[] right = Files.readAllBytes(neighbour);
        String json = Files.readString(neighbour);
        for (String wrong : List.of(
                json.replaceFirst("\\{\"Offset\":0,[^}]*},", ""),
                json.replaceFirst("\"Blocks\":\\[[^]]*],", ""),
                json.replace("\"Blocks\"", "\"Blocls\""))) {
            refill();
            Files.writeString(neighbour, wrong);

            DeletionReport report = fixture().deletion(FaultPoints.NONE).delete(VOLUME, "backup-1");

            assertThat(report.kept()).contains("backup-2").contains("damaged");
            assertThatThrownBy(() -> fixture().restore(VOLUME, "backup-2")).hasMessageContaining("cannot be restored");
            Files.write(neighbour, right);
            assertRestores(fixture(), "backup-1");
        }
    }

    @Test
    void aBlockThatABackupNeedsAndTheStoreLacksKeepsTheOthers() throws IOException {
        StoreFixture fixture = filled();
        Checksum missing = fixture.store
                .findBackup(VOLUME, "backup-4")
                .orElseThrow()
                .blocks()
                .checksum(5);
        Files.delete(directory.resolve(StorePaths.block(VOLUME, missing)));

        DeletionReport report = fixture.deletion(FaultPoints.NONE).delete(VOLUME, "backup-1");

        assertThat(report.kept()).contains(missing.toString());
        assertThat(fixture.blockFiles(VOLUME)).isEqualTo(8);

        // The only backup that needs it goes, and then all that nobody needs.
        assertThat(fixture.deletion(FaultPoints.NONE).delete(VOLUME, "backup-4").kept())
                .isEmpty();
        assertThat(fixture.blockFiles(VOLUME)).isEqualTo(6);
        assertRestores(fixture, "backup-1", "backup-4");
    }

    /** A server that leaves the same backups out of every list of them, and still lists all blocks, gives itself away by nothing else. */
    @ParameterizedTest
    @EnumSource(
            value = FaultyFiles.Fault.class,
            names = {"FIRST_HALF", "SECOND_HALF"})
    void whatIsRememberedMustBeListed(FaultyFiles.Fault fault) throws IOException {
        for (String name : IMAGES.keySet()) {
            refill();
            FaultyFiles faulty = new FaultyFiles(target(), fault, StorePaths.backups(VOLUME)::equals);
            StoreFixture fixture = new StoreFixture(faulty, FaultPoints.NONE);
            try {
                fixture.deletion(FaultPoints.NONE).delete(VOLUME, name, IMAGES.keySet());
            } catch (StorageException e) {
                assertThat(e).hasMessageContaining("nothing was deleted");
                assertRestores(fixture());
            }
            assertRestores(fixture(), name);
        }
    }

    @Test
    void whatIsRememberedAndGoneKeepsTheBlocksUntilItIsForgotten() throws IOException {
        StoreFixture fixture = filled();
        Files.delete(directory.resolve(StorePaths.backupConfiguration(VOLUME, "backup-3")));

        DeletionReport report =
                fixture.deletion(FaultPoints.NONE).delete(VOLUME, "backup-1", List.of("backup-1", "backup-3"));

        assertThat(report.kept()).contains("backup-3").contains("delete it here too");
        assertThat(fixture.blockFiles(VOLUME)).isEqualTo(9);
        assertThat(fixture.deletion(FaultPoints.NONE)
                        .delete(VOLUME, "backup-3", List.of("backup-2", "backup-4"))
                        .kept())
                .isEmpty();
        assertThat(fixture.blockFiles(VOLUME)).isEqualTo(8);
        assertRestores(fixture, "backup-1", "backup-3");
    }

    @Test
    void namesInsideAreNotPaths() throws IOException {
        StoreFixture fixture = filled();
        Path victim = directory.resolve(StorePaths.backupConfiguration(VOLUME, "backup-1"));
        Files.copy(
                directory.resolve(StorePaths.backupConfiguration("pvc-10", "backup-1")),
                victim,
                StandardCopyOption.REPLACE_EXISTING);
        fixture.deletion(FaultPoints.NONE).delete(VOLUME, "backup-1");
        assertThat(victim).doesNotExist();
        assertRestores(fixture, "backup-1");
    }

    @Test
    void aStoreThatLostItsLastBackupKeepsItsBlocks() throws IOException {
        StoreFixture fixture = filled();
        Path last = directory.resolve(StorePaths.backupConfiguration(VOLUME, "backup-4"));
        byte[] saved = Files.readAllBytes(last);
        Files.delete(last);
        DeletionReport report = fixture.deletion(FaultPoints.NONE).delete(VOLUME, "backup-1");
        assertThat(report.kept()).contains("backup-4").contains("last backup");
        Files.write(last, saved);
        assertRestores(fixture, "backup-1");
    }

    @ParameterizedTest
    @EnumSource(
            value = FaultyFiles.Fault.class,
            names = {"EMPTY", "FIRST_HALF", "SECOND_HALF"})
    void aStoreThatAlwaysListsTooLittleLosesNothing(FaultyFiles.Fault fault) throws IOException {
        for (String operation : List.of("list", "walk")) {
            for (String name : IMAGES.keySet()) {
                refill();
                FaultyFiles faulty = new FaultyFiles(target(), fault, (now, called) -> called.equals(operation));
                StoreFixture fixture = new StoreFixture(faulty, FaultPoints.NONE);
                try {
                    fixture.deletion(FaultPoints.NONE).delete(VOLUME, name);
                } catch (StorageException e) {
                    assertThat(e.code()).isEqualTo(ErrorCode.UNAVAILABLE);
                    assertThat(e).hasMessageContaining("nothing was deleted");
                    assertRestores(fixture());
                }
                assertRestores(fixture(), name);
            }
        }
    }

    @Test
    void aStoreThatListsNothingAtAllIsLeftAsItIs() throws IOException {
        refill();
        FaultyFiles faulty = new FaultyFiles(target(), FaultyFiles.Fault.EMPTY, (now, called) -> true);
        assertThatThrownBy(() -> new StoreFixture(faulty, FaultPoints.NONE)
                        .deletion(FaultPoints.NONE)
                        .delete(VOLUME, "backup-1"))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("nothing was deleted");
        assertRestores(fixture());
        assertThat(fixture().blockFiles(VOLUME)).isEqualTo(9);
    }

    @ParameterizedTest
    @EnumSource(FaultyFiles.Fault.class)
    void noFaultAtAnyCallLosesAnything(FaultyFiles.Fault fault) throws IOException {
        for (String name : List.of("backup-1", "backup-4")) {
            boolean happened = true;
            for (int call = 0; happened; call++) {
                int index = call;
                refill();
                FaultyFiles faulty = new FaultyFiles(target(), fault, (now, operation) -> now == index);
                StoreFixture fixture = new StoreFixture(faulty, FaultPoints.NONE);
                try {
                    fixture.deletion(FaultPoints.NONE).delete(VOLUME, name);
                } catch (StorageException e) {
                    assertThat(e.code()).isIn(ErrorCode.UNAVAILABLE, ErrorCode.IN_USE);
                }
                happened = index < faulty.calls();
                if (faulty.faults() == 0) {
                    continue; // a listing's fault at another call
                }
                assertRestores(fixture(), name);

                // The same call again finishes the work, by another process of the same host.
                assertThat(fixture()
                                .deletion(FaultPoints.NONE)
                                .delete(VOLUME, name)
                                .kept())
                        .isEmpty();
                assertRestores(fixture(), name);
                assertThat(fixture().blockFiles(VOLUME)).isEqualTo(name.equals("backup-4") ? 7 : 8);
            }
        }
    }

    @Test
    void aProcessThatDiesAtAnyPointIsFinishedByTheSameCall() throws IOException {
        List<String> points = new ArrayList<>();
        refill();
        fixture().deletion(points::add).delete(VOLUME, "backup-4");
        assertThat(points)
                .contains(
                        "backup-delete.locked",
                        "backup-delete.references-read",
                        "backup-delete.configuration-removed",
                        "backup-delete.volume-updated",
                        "backup-delete.block-removed",
                        "backup-delete.blocks-removed");
        for (int i = 0; i < points.size(); i++) {
            refill();
            StoreFixture fixture = fixture();
            int[] left = {i};
            assertThatThrownBy(() -> fixture.deletion(point -> {
                                if (left[0]-- == 0) {
                                    throw new Killed();
                                }
                            })
                            .delete(VOLUME, "backup-4"))
                    .isInstanceOf(Killed.class);
            assertRestores(fixture(), "backup-4");
            fixture().deletion(FaultPoints.NONE).delete(VOLUME, "backup-4");
            assertRestores(fixture(), "backup-4");
            assertThat(fixture().blockFiles(VOLUME)).isEqualTo(7);
            assertThat(fixture().store.volume(VOLUME).lastBackup()).isEqualTo("backup-3");
        }
    }

    @Test
    void whoUsesTheVolumeIsNotDisturbed() {
        StoreFixture fixture = filled();
        StoreFixture other = new StoreFixture(target(), FaultPoints.NONE, StoreFixture.locks("host-b"));
        try (HeldLock restore = other.locks.acquire(other.files, VOLUME, LockType.USE)) {
            assertThatThrownBy(() -> fixture.deletion(FaultPoints.NONE).delete(VOLUME, "backup-1"))
                    .isInstanceOfSatisfying(
                            StorageException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BUSY))
                    .hasMessageContaining("a backup or a restore");
            restore.check();
        }
        fixture.deletion(FaultPoints.NONE).delete(VOLUME, "backup-1");
        assertRestores(fixture, "backup-1");
    }

    /** The filled store, copied from one that was filled once: that takes no syncs. */
    private void refill() throws IOException {
        Path store = directory.resolve("backupstore");
        Path filled = directory.resolve("filled");
        if (!Files.exists(filled)) {
            filled();
            Files.move(store, filled);
        }
        clear();
        try (Stream<Path> all = Files.walk(filled)) {
            for (Path file : all.toList()) {
                Files.copy(file, store.resolve(filled.relativize(file).toString()));
            }
        }
    }

    private void clear() throws IOException {
        Path store = directory.resolve("backupstore");
        if (Files.exists(store)) {
            try (Stream<Path> all = Files.walk(store)) {
                all.sorted(Comparator.reverseOrder()).forEach(BackupDeletionTest::remove);
            }
        }
    }

    private static void remove(Path path) {
        try {
            Files.delete(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}
