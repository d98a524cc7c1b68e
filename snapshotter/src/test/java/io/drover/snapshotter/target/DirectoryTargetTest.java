package io.drover.snapshotter.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drover.core.error.ErrorCode;
import io.drover.core.error.StorageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init")
class DirectoryTargetTest extends TargetFilesContract {
    @TempDir
    Path scratch;

    private Path top;
    private DirectoryTarget target;

    @BeforeEach
    void open() throws IOException {
        top = Files.createDirectory(scratch.resolve("target"));
        target = DirectoryTarget.open(top, "file://" + top, Clock.systemUTC());
    }

    @Override
    TargetFiles files() {
        return target;
    }

    @Test
    void aMissingDirectoryIsNotAnEmptyStore() {
        assertThatThrownBy(() -> DirectoryTarget.open(scratch.resolve("none"), "file:///none", Clock.systemUTC()))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("does not exist; mount or make it");
    }

    @Test
    void aDirectoryThatVanishedIsAnErrorInEveryCall() throws IOException {
        Files.delete(top);

        assertAllUnavailable();
    }

    @Test
    void anotherDirectoryInItsPlaceIsAnErrorInEveryCall() throws IOException {
        // As when a mount is gone: the empty mount point below it is seen.
        Files.move(top, scratch.resolve("aside"));
        Files.createDirectory(top);

        assertAllUnavailable();
        assertThat(top).isEmptyDirectory();
    }

    @Test
    void filesOfUnfinishedWritesAreNotSeen() throws IOException {
        target.write("backupstore/v/volume.cfg", bytes(3));
        Files.write(top.resolve("backupstore/v/volume.cfg.tmp.1700000000000000000"), bytes(3));

        assertThat(target.list("backupstore/v")).containsExactly(new TargetEntry("volume.cfg", false));
        List<String> walked = new ArrayList<>();
        target.walk("backupstore", file -> walked.add(file.path()));
        assertThat(walked).containsExactly("backupstore/v/volume.cfg");
    }

    @Test
    void filesOfUnfinishedWritesAreToldToWhoAsksForThem() throws IOException {
        UnfinishedFiles.check(target, top);
    }

    @Test
    void directoriesAreForTheOwnerAndGoWhenEmpty() throws IOException {
        target.write("backupstore/volumes/aa/bb/pvc/blocks/x.blk", bytes(3));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(top.resolve("backupstore/volumes/aa"))))
                .isEqualTo("rwx------");

        target.delete("backupstore/volumes/aa/bb/pvc/blocks/x.blk");

        assertThat(top.resolve("backupstore")).isEmptyDirectory();
    }

    @Test
    void writersAndPrunersInOneDirectory() throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Future<?>> all = new ArrayList<>();
            for (int thread = 0; thread < 4; thread++) {
                String name = "backupstore/locks/deep/lock-" + thread;
                all.add(threads.submit(() -> {
                    for (int i = 0; i < 100; i++) {
                        target.write(name, bytes(5));
                        target.delete(name);
                    }
                }));
            }
            for (Future<?> one : all) {
                one.get();
            }
        }
        assertThat(target.list("backupstore/locks")).isEmpty();
    }

    @Test
    void theProbeRemovesWhatKilledOnesLeft() throws IOException {
        Path folder = Files.createDirectories(top.resolve("backupstore/drover-probe"));
        List<Path> old = List.of(folder.resolve("killed"), folder.resolve("cut-off.tmp.1700000000000000000"));
        Path young = Files.writeString(folder.resolve("at-work"), "x");
        for (Path file : old) {
            Files.writeString(file, "x");
            Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(3700)));
        }

        var steps = new TargetProbe(() -> "probe-1", System::nanoTime)
                .test(() -> DirectoryTarget.open(top, "file://" + top, Clock.systemUTC()));

        assertThat(steps).allMatch(TargetProbe.Step::worked);
        assertThat(folder).isDirectoryContaining(young::equals);
        assertThat(old).noneMatch(Files::exists);
        assertThat(folder.resolve("probe-1")).doesNotExist();
    }

    @Test
    void whatStandsInTheWayIsNamed() throws IOException {
        target.write("backupstore/volumes", bytes(1));

        assertCode(ErrorCode.IN_USE, () -> target.write("backupstore/volumes/x/y", bytes(1)));
        assertCode(ErrorCode.IN_USE, () -> target.list("backupstore/volumes"));
    }

    @Test
    void nothingOutsideIsReached() {
        assertCode(ErrorCode.INVALID, () -> target.read("../x", 10));
        assertCode(ErrorCode.INVALID, () -> target.write("backupstore/../../x", bytes(1)));
    }

    private void assertAllUnavailable() {
        assertCode(ErrorCode.UNAVAILABLE, () -> target.find("backupstore/x"));
        assertCode(ErrorCode.UNAVAILABLE, () -> target.read("backupstore/x", 10));
        assertCode(ErrorCode.UNAVAILABLE, () -> target.list("backupstore"));
        assertCode(ErrorCode.UNAVAILABLE, () -> target.list(""));
        assertCode(ErrorCode.UNAVAILABLE, () -> target.walk("backupstore", _ -> {}));
        assertCode(ErrorCode.UNAVAILABLE, () -> target.write("backupstore/x", bytes(1)));
        assertCode(ErrorCode.UNAVAILABLE, () -> target.delete("backupstore/x"));
    }
}
