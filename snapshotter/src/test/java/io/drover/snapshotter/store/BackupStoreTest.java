package io.drover.snapshotter.store;

import static io.drover.snapshotter.store.StoreFixture.SMALL;
import static io.drover.snapshotter.store.StoreFixture.SNAPSHOT;
import static io.drover.snapshotter.store.StoreFixture.codeOf;
import static io.drover.snapshotter.store.StoreFixture.image;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drover.core.error.ErrorCode;
import io.drover.core.error.StorageException;
import io.drover.core.fault.FaultPoints;
import io.drover.snapshotter.format.BackupConfiguration;
import io.drover.snapshotter.format.BlockHasher;
import io.drover.snapshotter.format.BlockSize;
import io.drover.snapshotter.format.Checksum;
import io.drover.snapshotter.format.Compression;
import io.drover.snapshotter.format.StorePaths;
import io.drover.snapshotter.format.VolumeConfiguration;
import io.drover.snapshotter.target.DirectoryTarget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class BackupStoreTest {
    private static final String VOLUME = "pvc-1";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @SuppressWarnings("NullAway.Init")
    private StoreFixture fixture;

    @BeforeEach
    void open() {
        fixture = new StoreFixture(DirectoryTarget.open(directory, "file://test", Clock.systemUTC()), FaultPoints.NONE);
    }

    @ParameterizedTest
    @EnumSource(Compression.class)
    void whatIsBackedUpIsRestored(Compression compression) {
        byte[] first = image(1, 0, 2, 2);
        byte[] expanded = image(1, 3, 2, 2, 0, 9);
        fixture.backUp(VOLUME, "backup-1", first, 0, SMALL, compression);
        fixture.backUp(VOLUME, "backup-2", expanded, 1, SMALL, Compression.LZ4);

        assertThat(fixture.restore(VOLUME, "backup-1")).isEqualTo(Arrays.copyOf(first, expanded.length));
        assertThat(fixture.restore(VOLUME, "backup-2")).isEqualTo(expanded);
        VolumeConfiguration volume = fixture.store.volume(VOLUME);
        assertThat(volume.compression()).isEqualTo(compression);
        assertThat(volume.size()).isEqualTo(expanded.length);
        assertThat(volume.lastBackup()).isEqualTo("backup-2");
        assertThat(volume.blockCount()).isEqualTo(4);
        assertThat(fixture.store.backup(VOLUME, "backup-2").backup().compression())
                .isEqualTo(compression);
    }

    @Test
    void listsTellWhatIsWrong() throws IOException {
        fixture.backUp(VOLUME, "backup-1", image(1, 2), 5);
        fixture.backUp(VOLUME, "backup-0", image(1, 2), 7);
        fixture.store.begin(VOLUME, "backup-2", Compression.LZ4);
        write(StorePaths.backupConfiguration(VOLUME, "backup-3"), "{");
        write(
                StorePaths.backupConfiguration(VOLUME, "backup-4"),
                text("backup-1").replace("pvc-1", "pvc-2"));
        write(StorePaths.backups(VOLUME) + "/backup_x.cfg.tmp.17", "{");
        write(StorePaths.backups(VOLUME) + "/README", "{");
        fixture.backUp("pvc-3", "backup-1", image(5), 0);
        write(StorePaths.volumeConfiguration("pvc-4"), "{}");
        write(StorePaths.volume("pvc-5") + "/blocks/x", "");
        write(StorePaths.lock(StorePaths.BACKING_IMAGES, "lock-1"), "{}");
        write(StorePaths.VOLUMES + "/00/00/pvc-6/volume.cfg", "{}");

        List<StoredBackup> backups = fixture.store.backups(VOLUME);
        assertThat(backups)
                .extracting(StoredBackup::name)
                .containsExactlyInAnyOrder("backup-0", "backup-1", "backup-2", "backup-3", "backup-4");
        assertThat(backups.stream().map(StoredBackup::name).filter(name -> name.compareTo("backup-2") < 0))
                .containsExactly("backup-1", "backup-0");
        assertThat(problem(backups, "backup-1")).isEmpty();
        assertThat(problem(backups, "backup-2")).contains("in progress");
        assertThat(problem(backups, "backup-3")).contains("backup-3").contains("damaged");
        assertThat(problem(backups, "backup-4")).contains("backup-4").contains("backup-1");

        List<StoredVolume> volumes = fixture.store.volumes();
        assertThat(volumes).extracting(StoredVolume::name).containsExactly(VOLUME, "pvc-3", "pvc-4", "pvc-5");
        assertThat(volumes).extracting(volume -> volume.problem().isEmpty()).containsExactly(true, true, false, false);
    }

    private static String problem(List<StoredBackup> backups, String name) {
        return backups.stream()
                .filter(backup -> backup.name().equals(name))
                .findFirst()
                .orElseThrow()
                .problem();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"4096\",\"backup-mode\"|\"lots\",\"backup-mode\"|CORRUPT|block size \"lots\"",
                "\"4096\",\"backup-mode\"|\"1Gi\",\"backup-mode\"|CORRUPT|1Gi",
                "\"4096\",\"backup-mode\"|\"3000\",\"backup-mode\"|CORRUPT|no multiple",
                "\"Offset\":4096|\"Offset\":4097|CORRUPT|4097",
                "\"Offset\":4096|\"Offset\":8192|CORRUPT|beyond",
                "\"Offset\":4096|\"Offset\":-4096|CORRUPT|-4096",
                "\"CompressionMethod\":\"lz4\"|\"CompressionMethod\":\"zstd\"|UNSUPPORTED|zstd",
                "\"FilePath\":\"\"|\"FilePath\":\"a/b\"|UNSUPPORTED|single file",
                "\"CreatedTime\":\"2026-11-23T10:00:01Z\"|\"CreatedTime\":\"\"|NOT_READY|in progress",
                "\"Name\":\"backup-1\"|\"Name\":\"backup-2\"|CORRUPT|backup-2"
            })
    void whatCannotBeRestoredIsRefused(String right, String wrong, ErrorCode code, String message) throws IOException {
        fixture.backUp(VOLUME, "backup-1", image(1, 2), 0);
        String text = text("backup-1");
        assertThat(text).contains(right);
        write(StorePaths.backupConfiguration(VOLUME, "backup-1"), text.replace(right, wrong));
        assertThatThrownBy(() -> fixture.store.backup(VOLUME, "backup-1"))
                .isInstanceOfSatisfying(
                        StorageException.class, e -> assertThat(e.code()).isEqualTo(code))
                .hasMessageContaining("backup-1")
                .hasMessageContaining(message);
    }

    @Test
    void aVolumeWithoutBytesIsRefused() throws IOException {
        fixture.backUp(VOLUME, "backup-1", image(1, 2), 0);
        Path file = directory.resolve(StorePaths.volumeConfiguration(VOLUME));
        Files.writeString(file, Files.readString(file).replace("\"Size\":\"8192\"", "\"Size\":\"0\""));
        assertThat(codeOf(() -> fixture.store.backup(VOLUME, "backup-1"))).isEqualTo(ErrorCode.CORRUPT);
    }

    @Test
    void absentIsNotFound() {
        assertThat(codeOf(() -> fixture.store.volume(VOLUME))).isEqualTo(ErrorCode.NOT_FOUND);
        assertThat(codeOf(() -> fixture.store.backups(VOLUME))).isEqualTo(ErrorCode.NOT_FOUND);
        assertThat(codeOf(() -> fixture.store.backup(VOLUME, "backup-1"))).isEqualTo(ErrorCode.NOT_FOUND);
        assertThat(codeOf(() -> fixture.store.findBackup(VOLUME, "../x"))).isEqualTo(ErrorCode.INVALID);
        assertThat(fixture.store.volumes()).isEmpty();
    }

    @Test
    void aCompleteBackupIsNotBegunAgain() {
        fixture.backUp(VOLUME, "backup-1", image(1), 0);
        assertThat(codeOf(() -> fixture.store.begin(VOLUME, "backup-1", Compression.LZ4)))
                .isEqualTo(ErrorCode.EXISTS_DIFFERENT);
        fixture.store.begin(VOLUME, "backup-2", Compression.LZ4);
        fixture.store.begin(VOLUME, "backup-2", Compression.LZ4);
    }

    @Test
    void blocksThatCannotBeWholeCountAsAbsent() throws IOException {
        BackupConfiguration backup = fixture.backUp(VOLUME, "backup-1", image(1, 2), 0);
        Checksum cut = backup.blocks().checksum(0);
        Checksum whole = backup.blocks().checksum(1);
        write(StorePaths.block(VOLUME, cut), "");
        assertThat(fixture.store.hasBlock(VOLUME, cut, SMALL, BadBlocks.NONE)).isFalse();
        assertThat(fixture.store.hasBlock(VOLUME, whole, SMALL, BadBlocks.NONE)).isTrue();
        assertThat(fixture.store
                        .storedBlocks(VOLUME, SMALL, BadBlocks.NONE, fixture.store.unfinishedWrites(VOLUME))
                        .contains(cut))
                .isFalse();
        assertThat(fixture.store
                        .storedBlocks(VOLUME, SMALL, BadBlocks.NONE, fixture.store.unfinishedWrites(VOLUME))
                        .contains(whole))
                .isTrue();
        BadBlocks bad = BadBlocks.NONE.with(Map.of(whole, "wrong"));
        assertThat(fixture.store.hasBlock(VOLUME, whole, SMALL, bad)).isFalse();
        assertThat(fixture.store
                        .storedBlocks(VOLUME, SMALL, bad, fixture.store.unfinishedWrites(VOLUME))
                        .isEmpty())
                .isTrue();
    }

    @Test
    void theBaseIsTheLastBackupIfItsSnapshotIsHere() {
        fixture.backUp(VOLUME, "backup-1", image(1, 2), 7);
        LocalSnapshot last =
                new LocalSnapshot("snap-backup-1", SNAPSHOT.plusSeconds(7).plusMillis(900));
        LocalSnapshot now = new LocalSnapshot("snap-2", SNAPSHOT.plusSeconds(60));

        assertThat(base(now, List.of(last, now), SMALL, false)).isInstanceOf(Base.Incremental.class);
        assertThat(base(now, List.of(now), SMALL, false)).isInstanceOf(Base.Comparable.class);
        LocalSnapshot again = new LocalSnapshot("snap-backup-1", SNAPSHOT.plusSeconds(8));
        assertThat(base(now, List.of(again, now), SMALL, false)).isInstanceOf(Base.Comparable.class);
        assertThat(base(last, List.of(last), SMALL, false)).isInstanceOf(Base.Comparable.class);
        assertThat(base(now, List.of(last, now), BlockSize.MIB_2, false)).isInstanceOf(Base.None.class);
        assertThat(base(now, List.of(last, now), SMALL, true)).isInstanceOf(Base.None.class);
    }

    @Test
    void aLastBackupThatIsNotCompleteIsNoBase() throws IOException {
        fixture.backUp(VOLUME, "backup-1", image(1, 2), 7);
        LocalSnapshot last = new LocalSnapshot("snap-backup-1", SNAPSHOT.plusSeconds(7));
        LocalSnapshot now = new LocalSnapshot("snap-2", SNAPSHOT.plusSeconds(60));
        Path file = directory.resolve(StorePaths.backupConfiguration(VOLUME, "backup-1"));
        Files.writeString(
                file,
                Files.readString(file).replace("\"CreatedTime\":\"2026-11-23T10:00:08Z\"", "\"CreatedTime\":\"\""));
        assertThat(base(now, List.of(last, now), SMALL, false)).isInstanceOf(Base.None.class);
        Files.delete(file);
        assertThat(base(now, List.of(last, now), SMALL, false)).isInstanceOf(Base.None.class);
    }

    private Base base(LocalSnapshot snapshot, List<LocalSnapshot> local, BlockSize size, boolean full) {
        return fixture.store.chooseBase(fixture.store.volume(VOLUME), snapshot, local, size, full);
    }

    @Test
    void anInterruptedEndIsMadeUpFor() {
        byte[] image = image(1, 2, 3);
        fixture.backUp(VOLUME, "backup-1", image(1), 0);
        StoreFixture dying = new StoreFixture(fixture.files, point -> {
            if (point.equals("backup.configuration-written")) {
                throw new IllegalStateException("killed");
            }
        });
        assertThatThrownBy(() -> dying.backUp(VOLUME, "backup-2", image, 1)).hasMessage("killed");
        assertThat(fixture.store.volume(VOLUME).lastBackup()).isEqualTo("backup-1");

        BackupConfiguration complete =
                fixture.store.findBackup(VOLUME, "backup-2").orElseThrow();
        fixture.store.confirm(complete, image.length);
        assertThat(fixture.store.volume(VOLUME).lastBackup()).isEqualTo("backup-2");
        assertThat(fixture.restore(VOLUME, "backup-2")).isEqualTo(image);

        fixture.backUp(VOLUME, "backup-3", image, 2);
        fixture.store.confirm(complete, image.length);
        assertThat(fixture.store.volume(VOLUME).lastBackup()).isEqualTo("backup-3");
    }

    @Test
    void unknownKeysSurviveABackup() throws IOException {
        fixture.backUp(VOLUME, "backup-1", image(1), 0);
        Path file = directory.resolve(StorePaths.volumeConfiguration(VOLUME));
        Files.writeString(file, Files.readString(file).replaceFirst("}$", ",\"Later\":[1]}"));
        fixture.backUp(VOLUME, "backup-2", image(1, 2), 1);
        assertThat(Files.readString(file)).endsWith(",\"Later\":[1]}").contains("backup-2");
    }

    @Test
    void blocksMustDivideTheVolume() {
        assertThat(codeOf(() ->
                        fixture.store.openVolume(VOLUME, 18 << 20, BlockSize.MIB_16, Compression.LZ4, "", Map.of())))
                .isEqualTo(ErrorCode.INVALID);
        assertThat(fixture.store.findVolume(VOLUME)).isEmpty();
    }

    @Test
    void theRegisterOfBadBlocksIsKept() throws IOException {
        Checksum one = new BlockHasher().hash(new byte[1], 1);
        Checksum two = new BlockHasher().hash(new byte[2], 2);
        fixture.store.recordBadBlocks(VOLUME, BadBlocks.NONE.with(Map.of(one, "wrong", two, "missing")));
        assertThat(fixture.store.badBlocks(VOLUME).problems()).isEqualTo(Map.of(one, "wrong", two, "missing"));
        fixture.store.recordRepaired(VOLUME, List.of(one));
        assertThat(fixture.store.badBlocks(VOLUME).problems()).isEqualTo(Map.of(two, "missing"));
        fixture.store.recordRepaired(VOLUME, List.of(two));
        assertThat(directory.resolve(StorePaths.badBlocks(VOLUME))).doesNotExist();
        write(StorePaths.badBlocks(VOLUME), "{\"version\":2}");
        assertThat(codeOf(() -> fixture.store.badBlocks(VOLUME))).isEqualTo(ErrorCode.CORRUPT);
    }

    private String text(String backup) throws IOException {
        return Files.readString(directory.resolve(StorePaths.backupConfiguration(VOLUME, backup)));
    }

    private void write(String path, String content) throws IOException {
        Path file = directory.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }
}
