package io.drover.snapshotter.store;

import static io.drover.snapshotter.store.StoreFixture.image;
import static org.assertj.core.api.Assertions.assertThat;

import io.drover.core.fault.FaultPoints;
import io.drover.snapshotter.format.Checksum;
import io.drover.snapshotter.format.StorePaths;
import io.drover.snapshotter.lock.HeldLock;
import io.drover.snapshotter.lock.LockType;
import io.drover.snapshotter.lock.StoreLocks;
import io.drover.snapshotter.target.DirectoryTarget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** On a directory, where a write that was cut off leaves its file. */
class UnfinishedWritesTest {
    private static final String VOLUME = "pvc-1";
    private static final String SUFFIX = ".tmp.1700000000123456789";
    private static final Duration SOME = Duration.ofMinutes(10);
    private static final Duration LONG = Duration.ofMinutes(61);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @SuppressWarnings("NullAway.Init")
    private StoreFixture fixture;

    @BeforeEach
    void fill() {
        fixture = new StoreFixture(DirectoryTarget.open(directory, "file://test", Clock.systemUTC()), FaultPoints.NONE);
        fixture.backUp(VOLUME, "backup-1", image(1, 2, 3), 0);
        fixture.backUp(VOLUME, "backup-2", image(1, 2, 4), 1);
    }

    /** Every file that a volume has in a store. */
    private static Stream<String> files() {
        return Stream.of(
                StorePaths.volumeConfiguration(VOLUME),
                StorePaths.backupConfiguration(VOLUME, "backup-3"),
                StorePaths.block(VOLUME, Checksum.parse("1".repeat(64))),
                StorePaths.badBlocks(VOLUME));
    }

    @Test
    void aDeletionRemovesWhatIsOlderThanItsLock() throws IOException {
        List<Path> left = left(files(), Duration.ofSeconds(1));

        delete("backup-1");

        assertThat(left).noneMatch(Files::exists);
        assertThat(directory.resolve(StorePaths.volume(VOLUME) + "/drover")).doesNotExist();
        assertThat(fixture.restore(VOLUME, "backup-2")).isEqualTo(image(1, 2, 4));
    }

    @Test
    void ofTheLastBackupNothingButTheVolumeStays() throws IOException {
        var _ = left(files(), SOME);

        delete("backup-1");
        delete("backup-2");

        try (Stream<Path> all = Files.walk(directory)) {
            assertThat(all.filter(Files::isRegularFile))
                    .containsExactly(directory.resolve(StorePaths.volumeConfiguration(VOLUME)));
        }
    }

    @Test
    void aDeletionLeavesWhatIsBeingWritten() throws IOException {
        List<Path> young = left(files(), Duration.ofMinutes(-1));

        delete("backup-1");

        assertThat(young).allMatch(Files::exists);
    }

    @Test
    void whatOthersMayBeWritingStaysForAnHour() throws IOException {
        List<Path> some = left(files(), SOME);
        List<Path> old = left(Stream.of(StorePaths.block(VOLUME, Checksum.parse("2".repeat(64)))), LONG);

        backUp(LockType.USE);

        assertThat(some).allMatch(Files::exists);
        assertThat(old).noneMatch(Files::exists);
    }

    @Test
    void locksOfOthersStayForAnHourToo() throws IOException {
        StoreLocks other = StoreFixture.locks("host-b");
        String foreign = name(other);
        String ours = name(fixture.locks);
        List<Path> ourOwn = left(Stream.of(StorePaths.lock(VOLUME, ours)), Duration.ofSeconds(1));
        List<Path> theirs = left(Stream.of(StorePaths.lock(VOLUME, foreign)), SOME);
        List<Path> abandoned = left(Stream.of(StorePaths.lock(VOLUME, "lock-0123456789abcdef")), LONG);

        delete("backup-1");

        assertThat(ourOwn).noneMatch(Files::exists);
        assertThat(theirs).allMatch(Files::exists);
        assertThat(abandoned).noneMatch(Files::exists);
    }

    /** The name of the lock file by which a process holds the volume. */
    private String name(StoreLocks locks) {
        try (HeldLock lock = locks.acquire(fixture.files, VOLUME, LockType.USE)) {
            lock.check();
            return StorePaths.lockName(fixture.files
                            .list(StorePaths.locks(VOLUME))
                            .getFirst()
                            .name())
                    .orElseThrow();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "volume.cfg.tmp",
                "volume.cfg.tmp.17",
                "volume.cfg.tmp.170000000012345678x",
                "volume.cfg.bak.1700000000123456789",
                "notes.txt.tmp.1700000000123456789",
                "backups/notes.cfg.tmp.1700000000123456789",
                "blocks/00/11/notes.blk.tmp.1700000000123456789",
                "BackupFiles/x.bak.tmp.1700000000123456789"
            })
    void whatNoWriteOfAStoreLeavesStays(String name) throws IOException {
        Path foreign = directory.resolve(StorePaths.volume(VOLUME)).resolve(name);
        Files.createDirectories(foreign.getParent());
        Files.writeString(foreign, "mine");
        age(foreign, LONG);

        delete("backup-1");
        backUp(LockType.USE);

        assertThat(foreign).hasContent("mine");
    }

    @Test
    void whatAnotherVolumeHasStays() throws IOException {
        fixture.backUp("pvc-10", "backup-1", image(1), 0);
        Path other = directory.resolve(StorePaths.volumeConfiguration("pvc-10") + SUFFIX);
        Files.writeString(other, "{");
        age(other, LONG);

        delete("backup-1");

        assertThat(other).exists();
    }

    @Test
    void aLinkIsNotFollowed() throws IOException {
        Path outside = Files.writeString(directory.resolve("outside"), "mine");
        Path link = directory.resolve(StorePaths.volumeConfiguration(VOLUME) + SUFFIX);
        Files.createSymbolicLink(link, outside);
        age(outside, LONG);

        delete("backup-1");

        assertThat(outside).hasContent("mine");
    }

    /** A backup's look at what is there. */
    private void backUp(LockType type) {
        try (HeldLock lock = fixture.store.lock(fixture.locks, VOLUME, type)) {
            UnfinishedWrites unfinished = fixture.store.unfinishedWrites(VOLUME);
            assertThat(fixture.store
                            .storedBlocks(VOLUME, StoreFixture.SMALL, BadBlocks.NONE, unfinished)
                            .size())
                    .isPositive();
            unfinished.removeAmongOthers(lock);
        }
    }

    private void delete(String backup) {
        DeletionReport report = fixture.deletion(FaultPoints.NONE).delete(VOLUME, backup);
        assertThat(report.kept()).isEmpty();
    }

    private List<Path> left(Stream<String> files, Duration age) throws IOException {
        List<Path> all = files.map(file -> directory.resolve(file + SUFFIX)).toList();
        for (Path file : all) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, "half of it");
            age(file, age);
        }
        return all;
    }

    private static void age(Path file, Duration age) throws IOException {
        var _ = Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(age)));
    }
}
