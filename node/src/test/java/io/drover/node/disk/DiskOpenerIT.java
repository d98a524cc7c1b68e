package io.drover.node.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drover.core.fault.FaultPoints;
import io.drover.core.model.DiskId;
import io.drover.core.sys.MountFlag;
import io.drover.core.sys.UnmountFlag;
import io.drover.node.testing.CrashAt;
import io.drover.node.testing.Scratch;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("root")
class DiskOpenerIT {
    private Scratch scratch = new Scratch();

    @BeforeEach
    void start() {
        scratch.close();
        scratch = new Scratch();
    }

    @AfterEach
    void clean() {
        scratch.close();
    }

    private DiskOpener opener(FaultPoints faults) {
        return opener("state", faults);
    }

    private DiskOpener opener(String state, FaultPoints faults) {
        return new DiskOpener(
                scratch.calls(),
                scratch.commands(),
                known(state),
                scratch.root().resolve(state).resolve("mounts"),
                Map.of(DiskEngine.BTRFS, new NamedEngine("btrfs"), DiskEngine.XFS, new NamedEngine("xfs")),
                Clock.systemUTC(),
                faults);
    }

    private KnownDisks known(String state) {
        return KnownDisks.open(scratch.directory(state), () -> UUID.randomUUID().toString());
    }

    private DiskState open(String text) {
        return opener(FaultPoints.NONE).open(DiskConfiguration.parse(text), Set.of());
    }

    private static Disk ready(DiskState state) {
        assertThat(state).isInstanceOf(Disk.class);
        return (Disk) state;
    }

    private static String problem(DiskState state) {
        assertThat(state).isInstanceOf(RefusedDisk.class);
        return ((RefusedDisk) state).problem();
    }

    @ParameterizedTest
    @ValueSource(strings = {"btrfs", "xfs"})
    void directoryOnCopyOnWriteFileSystemIsUsedAsItIs(String type) {
        Path directory = scratch.mounted("pool", type, 400);

        Disk disk = ready(open(directory.toString()));

        assertThat(disk.kind()).isEqualTo(DiskKind.DIRECTORY);
        assertThat(disk.engine().name()).isEqualTo(type);
        assertThat(disk.root()).isEqualTo(directory);
        assertThat(ready(open(directory.toString())).id()).isEqualTo(disk.id());
    }

    @ParameterizedTest
    @ValueSource(strings = {"btrfs", "xfs"})
    void blankDeviceIsFormattedMountedAndFoundAgain(String engine) {
        Path device = scratch.device("blank", 600);

        Disk disk = ready(open(device + ",engine=" + engine));

        assertThat(disk.kind()).isEqualTo(DiskKind.DEVICE);
        assertThat(disk.engine().name()).isEqualTo(engine);
        assertThat(disk.root()).endsWith(Path.of("mounts", disk.id().value()));
        // A restart finds it mounted; after a reboot it is mounted again.
        assertThat(ready(open(device.toString())))
                .extracting(Disk::id, Disk::root)
                .containsExactly(disk.id(), disk.root());
        opener(FaultPoints.NONE).close(disk);
        assertThat(scratch.mounts()).isEmpty();
        assertThat(ready(open(device.toString())).id()).isEqualTo(disk.id());
        assertThat(scratch.mounts()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"btrfs", "xfs"})
    void otherDirectoryGetsAnImageFile(String engine) {
        Path directory = scratch.directory("ext4");

        Disk disk = ready(open(directory + ",size=600Mi,engine=" + engine));

        assertThat(disk.kind()).isEqualTo(DiskKind.IMAGE);
        assertThat(directory.resolve("drover-pool.img")).hasSize(600L << 20);
        assertThat(scratch.calls()
                        .files()
                        .status(directory.resolve("drover-pool.img"))
                        .orElseThrow()
                        .allocatedBytes())
                .isLessThan(100L << 20);
        assertThat(scratch.loops()).hasSize(1);
        assertThat(ready(open(directory.toString())).id()).isEqualTo(disk.id());
        assertThat(scratch.loops()).hasSize(1);
        opener(FaultPoints.NONE).close(disk);
        assertThat(scratch.mounts()).isEmpty();
        assertThat(scratch.loops()).isEmpty();
        assertThat(ready(open(directory.toString())).id()).isEqualTo(disk.id());
    }

    @Test
    void directoryWithFilesOfSomebodyIsRefused() throws IOException {
        Path directory = scratch.directory("full");
        Files.writeString(directory.resolve("letter"), "dear");

        assertThat(problem(open(directory.toString()))).contains("letter", "use an empty sub-directory");
        assertThat(directory.toFile().list()).containsExactly("letter");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ext4", "xfs", "btrfs"})
    void deviceWithAFileSystemIsRefused(String type) {
        Path device = scratch.device("used", 400);
        scratch.makeFileSystem(device, type);

        assertThat(problem(open(device.toString()))).contains(type);
        assertThat(scratch.mounts()).isEmpty();
    }

    @Test
    void deviceWithBytesOfUnknownKindIsRefused() throws IOException {
        Path device = scratch.device("odd", 600);
        try (var file = new RandomAccessFile(device.toFile(), "rw")) {
            file.seek((600L << 20) - 4096);
            file.write("mine".getBytes(StandardCharsets.UTF_8));
        }

        assertThat(problem(open(device.toString()))).contains("without a known signature", "wipefs");
    }

    @Test
    void partitionedDeviceIsRefused() throws IOException {
        Path device = scratch.device("parts", 600);
        try (var file = new RandomAccessFile(device.toFile(), "rw")) {
            // An MBR with one Linux partition: type 0x83, from sector 2048, 65536 sectors.
            file.seek(446);
            file.write(HexFormat.of().parseHex("000000008300000000080000000001000000".substring(0, 32)));
            file.seek(510);
            file.write(HexFormat.of().parseHex("55aa"));
        }

        assertThat(problem(open(device.toString()))).contains("partition table");
    }

    @Test
    void unmountedDiskIsMissingAndNotInitialised() {
        Path directory = scratch.mounted("pool", "xfs", 400);
        ready(open(directory.toString()));
        scratch.calls().mounts().unmount(directory, Set.<UnmountFlag>of());

        assertThat(problem(open(directory.toString()))).contains("is it mounted?");
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void deletedImageIsMissing() throws IOException {
        Path directory = scratch.directory("ext4");
        Disk disk = ready(open(directory + ",size=512Mi,engine=xfs"));
        opener(FaultPoints.NONE).close(disk);
        Files.delete(directory.resolve("drover-pool.img"));

        assertThat(problem(open(directory + ",size=512Mi,engine=xfs")))
                .contains("is it mounted?", "forget=" + disk.id());
        Disk fresh = ready(open(directory + ",size=512Mi,engine=xfs,forget=" + disk.id()));
        assertThat(fresh.id()).isNotEqualTo(disk.id());
    }

    @Test
    void diskOfAnotherInstallationIsForeignUntilAdopted() {
        Path directory = scratch.mounted("pool", "xfs", 400);
        Disk disk = ready(opener("other", FaultPoints.NONE).open(DiskConfiguration.at(directory), Set.of()));

        assertThat(problem(open(directory.toString()))).contains("another installation", "adopt=" + disk.id());
        assertThat(ready(open(directory + ",adopt=" + disk.id())).id()).isEqualTo(disk.id());
        assertThat(ready(open(directory.toString())).id()).isEqualTo(disk.id());
    }

    @Test
    void imageOfAnotherInstallationIsForeignUntilAdopted() {
        Path directory = scratch.directory("ext4");
        DiskConfiguration configuration = DiskConfiguration.parse(directory + ",size=512Mi,engine=xfs");
        DiskOpener other = opener("other", FaultPoints.NONE);
        Disk disk = ready(other.open(configuration, Set.of()));
        other.close(disk);

        assertThat(problem(open(directory.toString()))).contains("no disk of this installation", "adopt=" + disk.id());
        assertThat(scratch.loops()).isEmpty();
        assertThat(ready(open(directory + ",adopt=" + disk.id())).id()).isEqualTo(disk.id());
    }

    @Test
    void diskIsRecognisedUnderAnotherPath() {
        Path device = scratch.device("pool", 400);
        scratch.makeFileSystem(device, "xfs");
        Path first = scratch.directory("first");
        Path second = scratch.directory("second");
        scratch.calls().mounts().mount(device.toString(), first, "xfs", Set.<MountFlag>of(), "");
        Disk disk = ready(open(first.toString()));
        scratch.calls().mounts().unmount(first, Set.<UnmountFlag>of());
        scratch.calls().mounts().mount(device.toString(), second, "xfs", Set.<MountFlag>of(), "");

        assertThat(ready(open(second.toString())).id()).isEqualTo(disk.id());
    }

    @Test
    void twoPathsToOneDiskAreOneDisk() {
        Path directory = scratch.mounted("pool", "xfs", 400);
        Disk disk = ready(open(directory.toString()));

        assertThat(problem(opener(FaultPoints.NONE).open(DiskConfiguration.at(directory), Set.of(disk.id()))))
                .contains("another path");
    }

    @Test
    void changedDiskIsRefused() throws IOException {
        Path directory = scratch.mounted("pool", "xfs", 400);
        Disk disk = ready(open(directory.toString()));
        Path file = directory.resolve("drover-disk.json");
        Files.writeString(
                file,
                Files.readString(file)
                        .replace(disk.id().value(), UUID.randomUUID().toString()));

        assertThat(problem(open(directory.toString()))).contains("disk " + disk.id() + " is expected");
    }

    @Test
    void identityOfANewerVersionIsRefused() throws IOException {
        Path directory = scratch.mounted("pool", "xfs", 400);
        ready(open(directory.toString()));
        Path file = directory.resolve("drover-disk.json");
        String newer = Files.readString(file).replaceAll("(formatVersion[^0-9]*)1", "$19");
        Files.writeString(file, newer);

        assertThat(problem(open(directory.toString()))).contains(file.toString(), "newer program");
        assertThat(file).hasContent(newer);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "{}", "null", "{\"formatVersion\":1}", "\u0000\u0000"})
    void damagedIdentityIsRefused(String content) throws IOException {
        Path directory = scratch.mounted("pool", "xfs", 400);
        ready(open(directory.toString()));
        Files.writeString(directory.resolve("drover-disk.json"), content);

        assertThat(problem(open(directory.toString()))).contains("drover-disk.json");
    }

    @Test
    void readOnlyFileSystemIsRefused() {
        Path directory = scratch.mounted("pool", "xfs", 400);
        scratch.calls().mounts().remount(directory, false, Set.of(MountFlag.READ_ONLY), "");

        assertThat(problem(open(directory.toString()))).containsIgnoringCase("read-only");
    }

    @Test
    void absentPathIsRefused() {
        assertThat(problem(open(scratch.root() + "/nothing"))).contains("does not exist", "make the directory");
    }

    @Test
    void crashAtEveryPointIsContinued() throws IOException {
        for (String text : List.of(
                scratch.device("d", 600) + ",engine=btrfs",
                scratch.device("e", 600) + ",engine=xfs",
                scratch.directory("i") + ",size=512Mi,engine=btrfs",
                scratch.directory("j") + ",size=512Mi,engine=xfs",
                scratch.mounted("b", "btrfs", 400).toString(),
                scratch.mounted("x", "xfs", 400).toString())) {
            DiskConfiguration configuration = DiskConfiguration.parse(text);
            // A crash at one point after the other, of one and the same disk that is never finished in between.
            for (String point : pointsOf(configuration)) {
                DiskOpener opener = opener(new CrashAt(point));
                assertThatThrownBy(() -> opener.open(configuration, Set.of()))
                        .as("%s at %s", text, point)
                        .isInstanceOf(CrashAt.Crash.class);
            }
            Disk disk = ready(opener(FaultPoints.NONE).open(configuration, Set.of()));
            assertThat(disk.volumes()).isEmptyDirectory();
            assertThat(ready(opener(FaultPoints.NONE).open(configuration, Set.of()))
                            .id())
                    .isEqualTo(disk.id());
        }
        assertThat(scratch.mounts()).hasSize(6);
    }

    private static List<String> pointsOf(DiskConfiguration configuration) {
        boolean device = configuration.path().startsWith("/dev");
        boolean image = configuration.size().isPresent();
        if (device) {
            return List.of(
                    "disk.format.announced",
                    "disk.format.made",
                    "disk.mount.mounted",
                    "disk.initialise.announced",
                    "disk.initialise.identified");
        }
        return image
                ? List.of(
                        "disk.image.announced",
                        "disk.image.made",
                        "disk.image.named",
                        "disk.mount.mounted",
                        "disk.initialise.announced",
                        "disk.initialise.identified")
                : List.of("disk.initialise.announced", "disk.initialise.identified");
    }

    @Test
    void tornMkfsIsDoneAgain() throws IOException {
        Path device = scratch.device("torn", 600);
        DiskId id = known("state").intend(device);
        new PoolFileSystem(scratch.commands(), scratch.calls().mounts(), scratch.root())
                .make(DiskEngine.XFS, device, id);
        // The first superblock alone is there.
        try (var file = new RandomAccessFile(device.toFile(), "rw")) {
            byte[] zeros = new byte[1 << 20];
            for (long at = 512; at < (600L << 20); at += zeros.length) {
                file.seek(at);
                file.write(zeros, 0, (int) Math.min(zeros.length, (600L << 20) - at));
            }
            file.getFD().sync();
        }

        assertThat(ready(open(device + ",engine=xfs")).id()).isEqualTo(id);
    }

    @Test
    void copyOfAnImageElsewhereIsTheSameDisk() throws IOException {
        Path directory = scratch.directory("one");
        Disk disk = ready(open(directory + ",size=512Mi,engine=xfs"));
        opener(FaultPoints.NONE).close(disk);
        Path moved = scratch.directory("two");
        Files.move(
                directory.resolve("drover-pool.img"), moved.resolve("drover-pool.img"), StandardCopyOption.ATOMIC_MOVE);

        assertThat(ready(open(moved.toString())).id()).isEqualTo(disk.id());
    }
}
