package io.drover.snapshotter.lock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drover.core.error.ErrorCode;
import io.drover.core.error.StorageException;
import io.drover.snapshotter.format.StorePaths;
import io.drover.snapshotter.target.DirectoryTarget;
import io.drover.snapshotter.target.TargetEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StoreLocksTest {
    private static final String VOLUME = "pvc-1";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @SuppressWarnings("NullAway.Init")
    private DirectoryTarget files;

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2000-01-01T00:00:00Z"));
    private final SynchronousQueue<Duration> refreshes = new SynchronousQueue<>();

    @BeforeEach
    void open() {
        files = DirectoryTarget.open(directory, "file://test", Clock.systemUTC());
    }

    /** A process of a host. Its own clock is decades off: only the server's times may matter. */
    private StoreLocks process(String host) {
        return new StoreLocks(host, ((InstantSource) now::get).withZone(ZoneOffset.UTC), this::pause);
    }

    private void pause(Duration duration) {
        if (duration.compareTo(Duration.ofSeconds(2)) > 0) {
            try {
                refreshes.put(duration);
            } catch (InterruptedException e) {
                throw new StorageException(ErrorCode.TIMEOUT, "interrupted", e);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"USE,USE,true", "USE,DELETE,false", "DELETE,USE,false", "DELETE,DELETE,false"})
    void whatExcludesWhat(LockType first, LockType second, boolean together) {
        for (StoreLocks other : List.of(process("host-b"), process("host-a"))) {
            try (HeldLock lock = process("host-b").acquire(files, VOLUME, first)) {
                assertThat(acquires(process("host-a"), second)).isEqualTo(together);
                lock.check();
            }
            assertThat(acquires(other, second)).isTrue();
        }
        assertThat(files.list(StorePaths.locks(VOLUME))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"USE,USE,true", "USE,DELETE,false", "DELETE,USE,false", "DELETE,DELETE,false"})
    void theSameWithinOneProcess(LockType first, LockType second, boolean together) {
        StoreLocks process = process("host-a");
        try (HeldLock lock = process.acquire(files, VOLUME, first)) {
            assertThat(acquires(process, second)).isEqualTo(together);
            lock.check();
            assertThat(files.list(StorePaths.locks(VOLUME))).hasSize(1);
        }
        assertThat(acquires(process, second)).isTrue();
    }

    private boolean acquires(StoreLocks locks, LockType type) {
        try (HeldLock lock = locks.acquire(files, VOLUME, type)) {
            lock.check();
            return true;
        } catch (StorageException e) {
            assertThat(e.code()).isEqualTo(ErrorCode.BUSY);
            return false;
        }
    }

    @Test
    void theFileIsLonghorns() throws IOException {
        try (HeldLock lock = process("host-a").acquire(files, VOLUME, LockType.DELETE)) {
            lock.check();
            TargetEntry entry = files.list(StorePaths.locks(VOLUME)).getFirst();
            assertThat(entry.name()).matches("lock-[0-9a-f]{16}\\.lck");
            String name = entry.name().replace(".lck", "");
            assertThat(Files.readString(directory.resolve(StorePaths.locks(VOLUME) + "/" + entry.name())))
                    .isEqualTo("{\"Name\":\"" + name + "\",\"Type\":2,\"Acquired\":true}");
        }
    }

    @Test
    void aRestartedProcessTakesItsOwnLockOver() throws IOException {
        Path left = leftBehind("host-a", LockType.USE, Instant.now());
        for (LockType type : LockType.values()) {
            assertThat(acquires(process("host-a"), type)).isTrue();
        }
        assertThat(left).doesNotExist();
    }

    @Test
    void anotherHostsLockHoldsUntilItExpires() throws IOException {
        Path left = leftBehind("host-b", LockType.USE, Instant.now().minusSeconds(140));
        assertThat(acquires(process("host-a"), LockType.DELETE)).isFalse();
        Files.setLastModifiedTime(left, FileTime.from(Instant.now().minusSeconds(151)));
        assertThat(acquires(process("host-a"), LockType.DELETE)).isTrue();
        assertThat(left).exists();
    }

    /** What a killed process leaves. */
    private Path leftBehind(String host, LockType type, Instant written) throws IOException {
        Path file;
        String content;
        try (HeldLock lock = process(host).acquire(files, VOLUME, type)) {
            lock.check();
            file = directory
                    .resolve(StorePaths.locks(VOLUME))
                    .resolve(files.list(StorePaths.locks(VOLUME)).getFirst().name());
            content = Files.readString(file);
        }
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
        Files.setLastModifiedTime(file, FileTime.from(written));
        return file;
    }

    @ParameterizedTest
    @CsvSource({
        // acquired before not acquired, then by time
        "true,100,false",
        "true,0,false",
        "false,100,false",
    })
    void othersThatGoBeforeWin(boolean acquired, int secondsAgo, boolean ours) {
        write("lock-0000000000000000", acquired, secondsAgo);
        assertThat(acquires(process("host-a"), LockType.DELETE)).isEqualTo(ours);
    }

    @Test
    void aYoungerLockThatIsNotAcquiredLoses() {
        write("lock-0000000000000000", false, -60);
        assertThat(acquires(process("host-a"), LockType.DELETE)).isTrue();
    }

    @Test
    void whatIsNoLockIsSkipped() throws IOException {
        Files.createDirectories(directory.resolve(StorePaths.locks(VOLUME)));
        Files.writeString(directory.resolve(StorePaths.lock(VOLUME, "lock-1")), "not JSON");
        Files.writeString(directory.resolve(StorePaths.locks(VOLUME) + "/README"), "{}");
        assertThat(acquires(process("host-a"), LockType.DELETE)).isTrue();
    }

    private void write(String name, boolean acquired, int secondsAgo) {
        files.write(StorePaths.lock(VOLUME, name), LockFile.bytes(name, LockType.USE, acquired));
        try {
            Files.setLastModifiedTime(
                    directory.resolve(StorePaths.lock(VOLUME, name)),
                    FileTime.from(Instant.now().minusSeconds(secondsAgo)));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aHeldLockIsRefreshed() throws Exception {
        try (HeldLock lock = process("host-a").acquire(files, VOLUME, LockType.USE)) {
            Path file = directory
                    .resolve(StorePaths.locks(VOLUME))
                    .resolve(files.list(StorePaths.locks(VOLUME)).getFirst().name());
            for (int i = 0; i < 5; i++) {
                Files.setLastModifiedTime(file, FileTime.fromMillis(0));
                now.updateAndGet(time -> time.plusSeconds(60));
                assertThat(refreshes.poll(10, TimeUnit.SECONDS)).isEqualTo(Duration.ofSeconds(60));
                Awaitility.await().until(() -> Files.getLastModifiedTime(file).toMillis() > 0);
                lock.check();
            }
        }
    }

    @Test
    void aLockThatCannotBeRefreshedIsLostForGood() throws Exception {
        StoreLocks process = process("host-a");
        HeldLock lock = process.acquire(files, VOLUME, LockType.USE);
        Path away = directory.resolveSibling(directory.getFileName() + ".away");
        Files.move(directory, away);
        now.updateAndGet(time -> time.plusSeconds(60));
        assertThat(refreshes.poll(10, TimeUnit.SECONDS)).isEqualTo(Duration.ofSeconds(60));
        assertThat(refreshes.poll(10, TimeUnit.SECONDS)).isEqualTo(Duration.ofSeconds(10));
        lock.check();
        now.updateAndGet(time -> time.plusSeconds(80));
        assertThatThrownBy(lock::check)
                .isInstanceOfSatisfying(
                        StorageException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNAVAILABLE))
                .hasMessageContaining(VOLUME);
        Files.move(away, directory);
        assertThatThrownBy(lock::check).isInstanceOf(StorageException.class);
        lock.close();
        assertThat(acquires(process, LockType.DELETE)).isTrue();
    }

    @Test
    void theLockOutlivesItsFirstUser() {
        StoreLocks process = process("host-a");
        HeldLock first = process.acquire(files, VOLUME, LockType.USE);
        HeldLock second = process.acquire(files, VOLUME, LockType.USE);
        first.close();
        first.close();
        assertThat(acquires(process("host-b"), LockType.DELETE)).isFalse();
        second.check();
        second.close();
        assertThat(acquires(process("host-b"), LockType.DELETE)).isTrue();
    }
}
