package io.drover.node.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drover.core.error.ErrorCode;
import io.drover.core.error.StorageException;
import io.drover.core.exec.Command;
import io.drover.core.model.AccessMode;
import io.drover.core.model.ByteSize;
import io.drover.core.model.FileSystemType;
import io.drover.core.model.VolumeId;
import io.drover.core.sys.Mount;
import io.drover.node.device.BlockBytes;
import io.drover.node.mount.MountOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("root")
class MountedVolumeIT {
    private static final long SIZE = 320;

    private final StagingHost host = new StagingHost();

    @AfterEach
    void clean() {
        host.close();
    }

    @ParameterizedTest
    @CsvSource({"XFS, mkfs.xfs -q -s size=512", "EXT4, mkfs.ext4 -q -b 1024"})
    void imageMadeElsewhereOnSmallBlocksIsMounted(FileSystemType type, String command) throws IOException {
        // Given an image as a restore brings it
        VolumeId volume = host.volume("pvc-1", SIZE);
        List<String> make = new ArrayList<>(List.of(command.split(" ")));
        make.add(host.image(volume).toString());
        host.scratch
                .commands()
                .run(Command.of(
                        "make a file system", Duration.ofMinutes(1), make.getFirst(), make.subList(1, make.size())));
        host.blocks = new BlockBytes(512);
        StageParts parts = host.start();
        // When
        new StageService(parts).stage(host.stageMounted(volume, type));
        Files.writeString(host.staging.resolve("file"), "kept");
        // Then
        assertThat(host.devices(volume)).singleElement().matches(device -> !device.directIo());
        new StageService(parts).unstage(volume, host.staging);
        new StageService(parts).stage(host.stageMounted(volume, type));
        assertThat(Files.readString(host.staging.resolve("file"))).isEqualTo("kept");
    }

    @ParameterizedTest
    @EnumSource(FileSystemType.class)
    void volumeGoesThroughItsWholeLifeAndKeepsItsFiles(FileSystemType type) throws IOException {
        // Given
        VolumeId volume = host.volume("pvc-1", SIZE);
        StageRequest stage = host.stageMounted(volume, type);
        PublishRequest publish = host.publish(volume, "a", stage.access(), AccessMode.SINGLE_NODE_MULTI_WRITER, false);
        StageParts parts = host.start();
        // When
        for (int i = 0; i < 2; i++) {
            new StageService(parts).stage(stage);
            new PublishService(parts).publish(publish);
        }
        Files.writeString(host.pods.resolve("a/file"), "kept");
        // Then
        assertThat(Files.readString(host.staging.resolve("file"))).isEqualTo("kept");
        assertThat(host.devices(volume)).singleElement().matches(device -> device.directIo() && !device.readOnly());
        VolumeStatistics statistics = new StatisticsService(parts).of(volume, host.pods.resolve("a"));
        assertThat(statistics.problem()).isEmpty();
        assertThat(statistics.bytes().total()).isBetween(SIZE << 19, SIZE << 20);
        assertThat(statistics.inodes().isPresent()).isEqualTo(type != FileSystemType.BTRFS);
        // When grown while in use, by a process that has just started
        host.resize(volume, 2 * SIZE);
        StageParts restarted = host.start();
        for (int i = 0; i < 2; i++) {
            assertThat(new ExpandService(restarted).expand(volume, host.pods.resolve("a"), ByteSize.ofMebi(2 * SIZE)))
                    .isEqualTo(ByteSize.ofMebi(2 * SIZE));
        }
        assertThat(new StatisticsService(restarted)
                        .of(volume, host.staging)
                        .bytes()
                        .total())
                .isGreaterThan(SIZE * 3 << 19);
        // When taken back, twice
        for (int i = 0; i < 2; i++) {
            new PublishService(restarted).unpublish(volume, host.pods.resolve("a"));
            new StageService(restarted).unstage(volume, host.staging);
        }
        assertThat(host.pods.resolve("a")).doesNotExist();
        assertThat(host.devices(volume)).isEmpty();
        assertThat(host.scratch.mounts()).isEmpty();
        // When staged again, as it is
        new StageService(restarted)
                .stage(new StageRequest(
                        volume,
                        Optional.empty(),
                        host.staging,
                        new VolumeAccess.Mounted(
                                Optional.empty(),
                                MountOptions.parse(List.of("noatime,nosuid")),
                                List.of(),
                                Optional.of(4242)),
                        AccessMode.SINGLE_NODE_WRITER));
        // Then
        assertThat(Files.readString(host.staging.resolve("file"))).isEqualTo("kept");
        assertThat(Files.getAttribute(host.staging.resolve("file"), "unix:gid")).isEqualTo(4242);
        assertThat(mountAt(host.staging).options()).contains("noatime", "nosuid");
    }

    @ParameterizedTest
    @EnumSource(FileSystemType.class)
    void readOnlyStagingReplaysTheJournalAndThenRefusesWrites(FileSystemType type) throws IOException {
        // Given a volume that was not unmounted cleanly
        VolumeId volume = host.volume("pvc-1", SIZE);
        StageService service = new StageService(host.start());
        service.stage(host.stageMounted(volume, type));
        Files.writeString(host.staging.resolve("file"), "kept");
        host.scratch.calls().fileSystems().sync(host.staging);
        VolumeId copy = host.volume("pvc-2", SIZE);
        Files.copy(host.image(volume), host.image(copy), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        service.unstage(volume, host.staging);
        StageRequest request = host.stageMounted(copy, type, AccessMode.SINGLE_NODE_READER_ONLY, MountOptions.NONE);
        // When
        service.stage(request);
        service.stage(request);
        // Then
        assertThat(Files.readString(host.staging.resolve("file"))).isEqualTo("kept");
        assertThatThrownBy(() -> Files.writeString(host.staging.resolve("file"), "changed"))
                .hasMessageContaining("Read-only");
        assertThat(host.devices(copy)).singleElement().matches(device -> device.readOnly());
        assertThatThrownBy(() -> service.stage(host.stageMounted(copy, type)))
                .satisfies(failsWith(ErrorCode.EXISTS_DIFFERENT));
        service.unstage(copy, host.staging);
        assertThat(host.devices(copy)).isEmpty();
    }

    @Test
    void readOnlyPublicationRefusesWritesWhileAnotherOneWrites() throws IOException {
        // Given
        VolumeId volume = host.volume("pvc-1", SIZE);
        StageParts parts = host.start();
        StageRequest stage = host.stageMounted(
                volume,
                FileSystemType.EXT4,
                AccessMode.SINGLE_NODE_MULTI_WRITER,
                MountOptions.parse(List.of("noexec")));
        new StageService(parts).stage(stage);
        PublishService service = new PublishService(parts);
        // When
        service.publish(host.publish(volume, "w", stage.access(), AccessMode.SINGLE_NODE_MULTI_WRITER, false));
        PublishRequest reader = host.publish(volume, "r", stage.access(), AccessMode.SINGLE_NODE_MULTI_WRITER, true);
        service.publish(reader);
        service.publish(reader);
        // Then
        Files.writeString(host.pods.resolve("w/file"), "seen");
        assertThat(Files.readString(host.pods.resolve("r/file"))).isEqualTo("seen");
        assertThatThrownBy(() -> Files.delete(host.pods.resolve("r/file"))).hasMessageContaining("Read-only");
        assertThat(mountAt(host.pods.resolve("r")).options()).contains("ro", "noexec");
        assertThatThrownBy(() -> service.publish(
                        host.publish(volume, "r", stage.access(), AccessMode.SINGLE_NODE_MULTI_WRITER, false)))
                .satisfies(failsWith(ErrorCode.EXISTS_DIFFERENT));
    }

    @Test
    void onlyMultiWriterAllowsASecondPath() {
        // Given
        VolumeId volume = host.volume("pvc-1", SIZE);
        StageParts parts = host.start();
        StageRequest stage = host.stageMounted(volume, FileSystemType.EXT4);
        new StageService(parts).stage(stage);
        PublishService service = new PublishService(parts);
        service.publish(host.publish(volume, "a", stage.access(), AccessMode.SINGLE_NODE_SINGLE_WRITER, false));
        // Then
        for (AccessMode mode : AccessMode.values()) {
            assertThatThrownBy(() -> service.publish(host.publish(volume, "b", stage.access(), mode, false)))
                    .satisfies(failsWith(ErrorCode.IN_USE))
                    .hasMessageContaining("default/a");
        }
        assertThat(host.pods.resolve("b")).doesNotExist();
        // When the first is gone
        service.unpublish(volume, host.pods.resolve("a"));
        service.publish(host.publish(volume, "b", stage.access(), AccessMode.SINGLE_NODE_MULTI_WRITER, false));
        service.publish(host.publish(volume, "c", stage.access(), AccessMode.SINGLE_NODE_MULTI_WRITER, false));
        assertThat(mountAt(host.pods.resolve("c")).type()).isEqualTo("ext4");
    }

    @Test
    void smallBtrfsIsStagedAndGrowsOnlyToWhatTheKernelAllows() {
        // Given
        VolumeId volume = host.volume("pvc-1", 128);
        StageParts parts = host.start();
        new StageService(parts).stage(host.stageMounted(volume, FileSystemType.BTRFS));
        ExpandService service = new ExpandService(parts);
        assertThat(service.expand(volume, host.staging, new ByteSize(0))).isEqualTo(ByteSize.ofMebi(128));
        // Then
        host.resize(volume, 160);
        assertThatThrownBy(() -> service.expand(volume, host.staging, ByteSize.ofMebi(160)))
                .satisfies(failsWith(ErrorCode.OUT_OF_RANGE));
        host.resize(volume, 256);
        assertThat(service.expand(volume, host.staging, ByteSize.ofMebi(256))).isEqualTo(ByteSize.ofMebi(256));
    }

    @Test
    void twoCallsAtOnceAreNotServedTogether() throws Exception {
        // Given a stage that waits in the middle
        VolumeId volume = host.volume("pvc-1", 64);
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        StageParts parts = host.start(point -> {
            if (point.equals("stage.attached")) {
                inside.countDown();
                try {
                    go.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        });
        StageRequest request = host.stageMounted(volume, FileSystemType.EXT4);
        Thread first = Thread.ofVirtual().start(() -> new StageService(parts).stage(request));
        inside.await();
        // Then
        assertThatThrownBy(() -> new StageService(parts).stage(request)).satisfies(failsWith(ErrorCode.BUSY));
        assertThatThrownBy(() -> new StageService(parts).unstage(volume, host.staging))
                .satisfies(failsWith(ErrorCode.BUSY));
        go.countDown();
        first.join();
        new StageService(parts).stage(request);
    }

    @Test
    void unstagingWhilePublishedIsRefusedAndWorksAfterwards() {
        // Given
        VolumeId volume = host.volume("pvc-1", SIZE);
        StageParts parts = host.start();
        StageRequest stage = host.stageMounted(volume, FileSystemType.XFS);
        new StageService(parts).stage(stage);
        new PublishService(parts)
                .publish(host.publish(volume, "a", stage.access(), AccessMode.SINGLE_NODE_MULTI_WRITER, false));
        // Then
        assertThatThrownBy(() -> new StageService(parts).unstage(volume, host.staging))
                .satisfies(failsWith(ErrorCode.IN_USE))
                .hasMessageContaining(host.pods.resolve("a").toString());
        // When staged again, the running workload is left alone
        new StageService(parts).stage(stage);
        new PublishService(parts).unpublish(volume, host.pods.resolve("a"));
        new StageService(parts).unstage(volume, host.staging);
        assertThat(host.devices(volume)).isEmpty();
    }

    @Test
    void clonesOfOneFileSystemAreMountedSideBySide() throws IOException {
        for (FileSystemType type : FileSystemType.values()) {
            // Given
            StageService service = new StageService(host.start());
            VolumeId first = host.volume("one-" + type.text(), SIZE);
            service.stage(host.stageMounted(first, type));
            Files.writeString(host.staging.resolve("file"), "kept");
            host.scratch.calls().fileSystems().sync(host.staging);
            VolumeId second = host.volume("two-" + type.text(), SIZE);
            Files.copy(host.image(first), host.image(second), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
            Path other = host.scratch.directory("other-" + type.text());
            // When
            service.stage(new StageRequest(
                    second,
                    Optional.of(StagingHost.DISK),
                    other,
                    StagingHost.mounted(type, MountOptions.NONE),
                    AccessMode.SINGLE_NODE_WRITER));
            Files.writeString(other.resolve("file"), "changed");
            // Then
            assertThat(Files.readString(host.staging.resolve("file"))).isEqualTo("kept");
            service.unstage(first, host.staging);
            assertThat(Files.readString(other.resolve("file"))).isEqualTo("changed");
            service.unstage(second, other);
        }
    }

    @Test
    void whatDiffersFromTheRequestIsRefused() {
        // Given
        VolumeId volume = host.volume("pvc-1", SIZE);
        StageService service = new StageService(host.start());
        service.stage(host.stageMounted(volume, FileSystemType.EXT4));
        // Then while staged
        assertThatThrownBy(() -> service.stage(host.stageMounted(volume, FileSystemType.XFS)))
                .satisfies(failsWith(ErrorCode.EXISTS_DIFFERENT));
        assertThatThrownBy(() -> service.stage(host.stageBlock(volume, AccessMode.SINGLE_NODE_WRITER)))
                .satisfies(failsWith(ErrorCode.EXISTS_DIFFERENT));
        VolumeId other = host.volume("pvc-2", SIZE);
        assertThatThrownBy(() -> service.stage(host.stageMounted(other, FileSystemType.EXT4)))
                .satisfies(failsWith(ErrorCode.EXISTS_DIFFERENT));
        // Then while not staged
        service.unstage(volume, host.staging);
        assertThatThrownBy(() -> service.stage(host.stageMounted(volume, FileSystemType.XFS)))
                .satisfies(failsWith(ErrorCode.IN_USE))
                .hasMessageContaining("carries ext4, the request wants xfs");
        assertThat(host.devices(volume)).isEmpty();
        assertThatThrownBy(() -> service.stage(host.stageMounted(new VolumeId("none"), FileSystemType.EXT4)))
                .satisfies(failsWith(ErrorCode.NOT_FOUND));
        assertThatThrownBy(() -> service.stage(host.stageMounted(
                        volume,
                        FileSystemType.EXT4,
                        AccessMode.SINGLE_NODE_WRITER,
                        MountOptions.parse(List.of("nosuchoption")))))
                .satisfies(failsWith(ErrorCode.INVALID));
        assertThat(host.devices(volume)).isEmpty();
    }

    @Test
    void foreignMountAtTheTargetStaysAndIsNamed() throws IOException {
        // Given
        VolumeId volume = host.volume("pvc-1", SIZE);
        StageParts parts = host.start();
        StageRequest stage = host.stageMounted(volume, FileSystemType.EXT4);
        new StageService(parts).stage(stage);
        Path target = Files.createDirectory(host.pods.resolve("a"));
        host.scratch.calls().mounts().mount("tmpfs", target, "tmpfs", Set.of(), "");
        PublishService service = new PublishService(parts);
        // Then
        assertThatThrownBy(() -> service.publish(
                        host.publish(volume, "a", stage.access(), AccessMode.SINGLE_NODE_WRITER, false)))
                .satisfies(failsWith(ErrorCode.EXISTS_DIFFERENT))
                .hasMessageContaining("tmpfs");
        assertThatThrownBy(() -> service.unpublish(volume, target)).satisfies(failsWith(ErrorCode.IN_USE));
        assertThat(mountAt(target).type()).isEqualTo("tmpfs");
        assertThatThrownBy(() -> new StatisticsService(parts).of(volume, target))
                .satisfies(failsWith(ErrorCode.NOT_FOUND));
    }

    @Test
    void damagedFileSystemIsNotMounted() throws IOException {
        // Given an inode table of zeros
        VolumeId volume = host.volume("pvc-1", SIZE);
        StageService service = new StageService(host.start());
        StageRequest request = host.stageMounted(volume, FileSystemType.EXT4);
        service.stage(request);
        for (int i = 0; i < 50; i++) {
            Files.createDirectory(host.staging.resolve("directory-" + i));
        }
        service.unstage(volume, host.staging);
        host.scratch
                .commands()
                .run(Command.of(
                        "damage a file system",
                        Duration.ofMinutes(1),
                        "debugfs",
                        "-w",
                        "-R",
                        "clri <2>",
                        host.image(volume).toString()));
        host.scratch
                .commands()
                .run(Command.of(
                        "damage a file system",
                        Duration.ofMinutes(1),
                        "debugfs",
                        "-w",
                        "-R",
                        "ssv state 2",
                        host.image(volume).toString()));
        // Then
        assertThatThrownBy(() -> service.stage(request))
                .satisfies(failsWith(ErrorCode.CORRUPT))
                .hasMessageContaining("e2fsck");
        assertThat(host.devices(volume)).isEmpty();
        assertThat(host.scratch.mounts()).isEmpty();
    }

    @Test
    void interruptedFormattingIsDoneAgainOverWhateverItLeft() throws IOException {
        // Given half a file system of another kind, and the intent
        VolumeId volume = host.volume("pvc-1", SIZE);
        host.scratch
                .commands()
                .run(Command.of(
                        "prepare",
                        Duration.ofMinutes(1),
                        "mkfs.btrfs",
                        "-q",
                        host.image(volume).toString()));
        Files.writeString(host.image(volume).resolveSibling("formatting"), "1 ext4\n");
        // When
        new StageService(host.start()).stage(host.stageMounted(volume, FileSystemType.XFS));
        // Then
        assertThat(mountAt(host.staging).type()).isEqualTo("xfs");
        assertThat(host.image(volume).resolveSibling("formatting")).doesNotExist();
    }

    @Test
    void directoryWithFilesIsNeverRemoved() throws IOException {
        // Given
        VolumeId volume = host.volume("pvc-1", SIZE);
        Path target = Files.createDirectory(host.pods.resolve("a"));
        Files.writeString(target.resolve("mine"), "kept");
        // Then
        assertThatThrownBy(() -> new PublishService(host.start()).unpublish(volume, target))
                .satisfies(failsWith(ErrorCode.IN_USE));
        assertThat(target.resolve("mine")).exists();
    }

    @Test
    void fileSystemThatFellDeadIsReportedAndCanBeTakenAway() {
        // Given
        VolumeId volume = host.volume("pvc-1", SIZE);
        StageParts parts = host.start();
        StageRequest stage = host.stageMounted(volume, FileSystemType.XFS);
        new StageService(parts).stage(stage);
        new PublishService(parts)
                .publish(host.publish(volume, "a", stage.access(), AccessMode.SINGLE_NODE_MULTI_WRITER, false));
        // When
        host.scratch.calls().fileSystems().shutDownWithoutFlush(host.staging);
        // Then
        assertThat(new StatisticsService(parts)
                        .of(volume, host.pods.resolve("a"))
                        .problem())
                .isPresent();
        new PublishService(parts).unpublish(volume, host.pods.resolve("a"));
        new StageService(parts).unstage(volume, host.staging);
        new StageService(parts).stage(stage);
        assertThat(new StatisticsService(parts).of(volume, host.staging).problem())
                .isEmpty();
    }

    @Test
    void groupIsAppliedOnceAndFollowsNoLinks() throws IOException {
        // Given
        VolumeId volume = host.volume("pvc-1", SIZE);
        StageService service = new StageService(host.start());
        service.stage(host.stageMounted(volume, FileSystemType.EXT4));
        Path outside = Files.writeString(host.scratch.root().resolve("outside"), "");
        Files.createSymbolicLink(host.staging.resolve("link"), outside);
        Path inside = Files.createDirectory(host.staging.resolve("directory"));
        Files.writeString(inside.resolve("file"), "");
        StageRequest request = new StageRequest(
                volume,
                Optional.of(StagingHost.DISK),
                host.staging,
                new VolumeAccess.Mounted(
                        Optional.of(FileSystemType.EXT4), MountOptions.NONE, List.of(), Optional.of(777)),
                AccessMode.SINGLE_NODE_MULTI_WRITER);
        // When
        service.stage(request);
        // Then
        assertThat(gid(inside)).isEqualTo(777);
        assertThat(gid(inside.resolve("file"))).isEqualTo(777);
        assertThat(gid(host.staging.resolve("link"))).isEqualTo(777);
        assertThat(gid(outside)).isZero();
        assertThat((Integer) Files.getAttribute(inside, "unix:mode") & 02070).isEqualTo(02070);
        assertThat((Integer) Files.getAttribute(inside.resolve("file"), "unix:mode") & 07777)
                .isEqualTo(0664);
        // When something changes below and the root shows that it was done, a repeat leaves it
        Files.setAttribute(inside, "unix:gid", 1);
        service.stage(request);
        assertThat(gid(inside)).isEqualTo(1);
    }

    private Mount mountAt(Path path) {
        return host.scratch.mounts().stream()
                .filter(mount -> mount.target().equals(path))
                .findFirst()
                .orElseThrow();
    }

    private static int gid(Path path) throws IOException {
        return (Integer) Files.getAttribute(path, "unix:gid", LinkOption.NOFOLLOW_LINKS);
    }

    private static org.assertj.core.api.ThrowingConsumer<Throwable> failsWith(ErrorCode code) {
        return failure -> assertThat(((StorageException) failure).code())
                .as(String.valueOf(failure))
                .isEqualTo(code);
    }
}
