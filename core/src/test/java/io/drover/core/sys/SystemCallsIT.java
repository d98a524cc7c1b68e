package io.drover.core.sys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.drover.core.exec.Command;
import io.drover.core.exec.LocalCommandRunner;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The calls against this host's kernel, on loop devices and file systems of their own. */
@Tag("root")
@SuppressWarnings("NullAway.Init")
class SystemCallsIT {
    private static final int MIB = 1 << 20;

    private final SystemCalls calls = LinuxSystemCalls.create();
    private final LocalCommandRunner runner = LocalCommandRunner.ofHost();
    private final Deque<Runnable> undo = new ArrayDeque<>();
    private Path directory;

    @BeforeEach
    void makeDirectory() throws IOException {
        directory = Files.createTempDirectory(Path.of("/var/tmp"), "drover-it-");
        undo.push(() -> run("rm", "-rf", "--one-file-system", directory.toString()));
    }

    @AfterEach
    void cleanUp() {
        List<RuntimeException> problems = new ArrayList<>();
        while (!undo.isEmpty()) {
            try {
                undo.pop().run();
            } catch (RuntimeException e) {
                problems.add(e);
            }
        }
        assertThat(problems).isEmpty();
    }

    @Test
    void loopDeviceLivesItsWholeLife() throws IOException {
        Path image = image("image", 64 * MIB);
        int number = loop(image, "drover:image", false);
        Path device = LoopCalls.device(number);
        FileStatus file = calls.files().status(image).orElseThrow();

        assertThat(calls.loops().status(number))
                .contains(new LoopStatus(number, file.device(), file.inode(), "drover:image", false, true, false));
        assertThat(calls.loops().list())
                .contains(new LoopEntry(number, image.toString(), false, true, false, 64 * MIB));
        assertThat(calls.blockDevices().sizeBytes(device)).isEqualTo(64 * MIB);
        assertThat(calls.blockDevices().logicalBlockSize(device)).isEqualTo(512);
        assertThat(calls.blockDevices().isReadOnly(device)).isFalse();
        assertThat(calls.blockDevices().isHeld(device)).isFalse();
        assertThat(calls.files().status(device).orElseThrow().isBlockDevice()).isTrue();

        calls.files().resize(image, 96 * MIB);
        calls.loops().refreshSize(number);
        assertThat(calls.blockDevices().sizeBytes(device)).isEqualTo(96 * MIB);

        calls.loops().directIo(number, false);
        assertThat(calls.loops().status(number).orElseThrow().directIo()).isFalse();

        Files.delete(image);
        assertThat(calls.loops().list()).anyMatch(entry -> entry.number() == number && entry.deleted());

        calls.loops().detach(number);
        calls.loops().detach(number);
        awaitFree(number);
        assertThat(calls.loops().status(99999)).isEmpty();
    }

    @Test
    void readOnlyLoopDeviceRefusesWrites() throws IOException {
        int number = loop(image("image", 8 * MIB), "drover:ro", true);

        assertThat(calls.blockDevices().isReadOnly(LoopCalls.device(number))).isTrue();
        assertThat(calls.loops().status(number).orElseThrow().readOnly()).isTrue();
    }

    @Test
    void mountsAreMadeBoundRemountedAndTakenAway() throws IOException {
        Path device = formatted("mkfs.ext4", 64 * MIB, "-q");
        Path target = mounted(device, "ext4", "a mount", Set.of(MountFlag.NO_ATIME), "errors=remount-ro");

        Mount mount = mountAt(target).orElseThrow();
        assertThat(mount.type()).isEqualTo("ext4");
        assertThat(mount.source()).isEqualTo(device.toString());
        assertThat(mount.options()).contains("rw", "noatime");
        assertThat(mount.device())
                .isEqualTo(calls.files().status(device).orElseThrow().specialDevice());
        assertThat(calls.blockDevices().isHeld(device)).isTrue();
        assertThat(failure(() -> calls.mounts().mount("none", target.resolve("missing"), "tmpfs", Set.of(), "")))
                .isEqualTo(Errno.ENOENT);

        Path second = Files.createDirectory(directory.resolve("second"));
        calls.mounts().bind(target, second, Set.of(MountFlag.READ_ONLY, MountFlag.NO_SUID));
        assertThat(mountAt(second).orElseThrow().options()).contains("ro", "nosuid");
        assertThat(mountAt(target).orElseThrow().isReadOnly()).isFalse();
        calls.mounts().propagation(second, Propagation.PRIVATE, false);
        assertThat(mountAt(second).orElseThrow().fields()).noneMatch(field -> field.startsWith("shared"));
        calls.mounts().unmount(second, Set.of());

        calls.mounts().remount(target, false, Set.of(MountFlag.READ_ONLY), "");
        assertThat(mountAt(target).orElseThrow().superOptions()).contains("ro");
        assertThat(failure(() -> calls.mounts().unmount(second, Set.of(UnmountFlag.NO_FOLLOW))))
                .isEqualTo(Errno.EINVAL);
    }

    @Test
    void ext4IsFrozenThawedTrimmedAndMeasured() throws IOException {
        Path target = mounted(formatted("mkfs.ext4", 64 * MIB, "-q"), "ext4", "m", Set.of(), "");

        FileSystemStatistics statistics = calls.fileSystems().statistics(target);
        assertThat(statistics.type()).isEqualTo(FileSystemStatistics.EXT4);
        assertThat(statistics.totalBytes()).isBetween(40L * MIB, 64L * MIB);
        assertThat(statistics.freeInodes()).isPositive().isLessThan(statistics.totalInodes());

        calls.fileSystems().freeze(target);
        assertThat(failure(() -> calls.fileSystems().freeze(target))).isEqualTo(Errno.EBUSY);
        calls.fileSystems().thaw(target);
        assertThat(failure(() -> calls.fileSystems().thaw(target))).isEqualTo(Errno.EINVAL);

        calls.fileSystems().sync(target);
        assertThat(calls.fileSystems().trim(target)).isPositive();
        Path file = Files.write(target.resolve("f"), new byte[10]);
        calls.files().owner(file, 12, 34);
        calls.files().permissions(file, 0640);
        FileStatus status = calls.files().status(file).orElseThrow();
        assertThat(List.of(status.uid(), status.gid(), status.permissions())).containsExactly(12, 34, 0640);
    }

    @Test
    void aWaitingCallNeverKeepsTheThawFromRunning() throws Exception {
        Path target = mounted(formatted("mkfs.ext4", 64 * MIB, "-q"), "ext4", "m", Set.of(), "");
        Path file = target.resolve("f");
        calls.files().createFile(file, 0600);
        calls.fileSystems().freeze(target);
        List<Thread> writers = new ArrayList<>();
        for (int i = 1; i <= 64; i++) {
            long size = i * 4096L;
            writers.add(Thread.ofVirtual().start(() -> calls.files().resize(file, size)));
        }

        calls.fileSystems().thaw(target);

        for (Thread writer : writers) {
            assertThat(writer.join(Duration.ofSeconds(10))).isTrue();
        }
    }

    @Test
    void clonedContentIsSharedOnXfsAndPunchedHolesAreGone() throws IOException {
        Path target = mounted(formatted("mkfs.xfs", 320 * MIB, "-q"), "xfs", "m", Set.of(), "");
        Path file = Files.write(target.resolve("f"), new byte[4 * MIB]);
        Path clone = target.resolve("clone");
        calls.files().createFile(clone, 0600);

        calls.extents().cloneContent(file, clone);

        List<FileExtent> extents = calls.extents().extents(file);
        assertThat(calls.extents().extents(clone)).isEqualTo(extents);
        assertThat(extents).allMatch(extent -> extent.shared() && extent.comparable() && !extent.unwritten());
        calls.extents().punchHole(clone, MIB, MIB);
        assertThat(calls.extents().extents(clone).stream()
                        .mapToLong(FileExtent::length)
                        .sum())
                .isEqualTo(3 * MIB);
        assertThat(Files.size(clone)).isEqualTo(4 * MIB);
        assertThat(failure(() -> calls.files().overwriteInPlace(clone))).isIn(Errno.EOPNOTSUPP, Errno.ENOTTY);
    }

    @Test
    void manyExtentsAreReadInPages() throws IOException {
        Path target = mounted(formatted("mkfs.xfs", 320 * MIB, "-q"), "xfs", "m", Set.of(), "");
        Path file = target.resolve("f");
        int count = 10_000;
        try (RandomAccessFile random = new RandomAccessFile(file.toFile(), "rw")) {
            for (int i = 0; i < count; i++) {
                random.seek(i * 8192L);
                random.write(1);
            }
        }

        List<FileExtent> extents = calls.extents().extents(file);

        assertThat(extents).extracting(FileExtent::offset).startsWith(0L, 8192L).isSorted();
        assertThat(extents.stream().filter(extent -> !extent.unwritten())).hasSize(count);
    }

    @Test
    void subvolumesAreMadeSnapshottedExchangedAndDestroyed() throws IOException {
        Path target = mounted(formatted("mkfs.btrfs", 160 * MIB, "-q"), "btrfs", "m", Set.of(), "");
        Path volume = target.resolve("volume");
        calls.subvolumes().create(volume);
        assertThat(failure(() -> calls.subvolumes().create(volume))).isEqualTo(Errno.EEXIST);
        Path file = volume.resolve("f");
        calls.files().createFile(file, 0600);
        calls.files().overwriteInPlace(file);
        assertThat(calls.files().isOverwrittenInPlace(file)).isTrue();
        Files.write(file, new byte[MIB]);
        Path snapshot = target.resolve("snapshot");

        calls.subvolumes().snapshot(volume, snapshot, true);

        assertThat(calls.subvolumes().isReadOnly(snapshot)).isTrue();
        assertThat(calls.subvolumes().isReadOnly(volume)).isFalse();
        assertThat(calls.subvolumes().isSubvolume(snapshot)).isTrue();
        assertThat(calls.subvolumes().isSubvolume(file)).isFalse();
        assertThat(Files.size(snapshot.resolve("f"))).isEqualTo(MIB);
        Path clone = target.resolve("clone");
        calls.subvolumes().snapshot(snapshot, clone, false);
        Files.writeString(clone.resolve("g"), "x");
        calls.files().exchange(volume, clone);
        assertThat(volume.resolve("g")).exists();
        calls.files().rename(snapshot, target.resolve("renamed"));
        for (String name : List.of("volume", "clone", "renamed")) {
            calls.subvolumes().destroy(target.resolve(name));
        }
        assertThat(failure(() -> calls.subvolumes().destroy(volume))).isEqualTo(Errno.ENOENT);
    }

    @Test
    void shutDownFileSystemAnswersErrors() throws IOException {
        Path target = mounted(formatted("mkfs.xfs", 320 * MIB, "-q"), "xfs", "m", Set.of(), "");

        calls.fileSystems().shutDownWithoutFlush(target);

        assertThat(failure(() -> calls.files().createFile(target.resolve("f"), 0600)))
                .isEqualTo(Errno.EIO);
    }

    private static Errno failure(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        return catchThrowableOfType(SystemCallException.class, call).errno();
    }

    private Path image(String name, long size) {
        Path image = directory.resolve(name);
        calls.files().createFile(image, 0600);
        calls.files().resize(image, size);
        return image;
    }

    private int loop(Path image, String name, boolean readOnly) {
        int number = calls.loops().setUp(new LoopSetup(image, name, readOnly, true, 512));
        undo.push(() -> {
            calls.loops().detach(number);
            awaitFree(number);
        });
        return number;
    }

    /** The last user of a device may be a scan by the host's udev, which ends by itself. */
    private void awaitFree(int number) {
        Awaitility.await().until(() -> calls.loops().status(number).isEmpty());
    }

    private Path formatted(String program, long size, String... arguments) {
        Path device = LoopCalls.device(loop(image(program, size), "drover:test", false));
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add(device.toString());
        run(program, all.toArray(String[]::new));
        return device;
    }

    private Path mounted(Path device, String type, String name, Set<MountFlag> flags, String data) throws IOException {
        Path target = Files.createDirectory(directory.resolve(name));
        calls.mounts().mount(device.toString(), target, type, flags, data);
        undo.push(() -> calls.mounts().unmount(target, Set.of()));
        return target;
    }

    private Optional<Mount> mountAt(Path target) {
        return calls.mounts().mounts().stream()
                .filter(mount -> mount.target().equals(target))
                .findFirst();
    }

    private void run(String program, String... arguments) {
        runner.run(Command.of("prepare the test", Duration.ofMinutes(1), program, arguments));
    }
}
