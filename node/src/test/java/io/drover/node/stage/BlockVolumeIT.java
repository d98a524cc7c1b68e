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
import io.drover.core.sys.FileStatus;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("root")
class BlockVolumeIT {
    private static final byte[] TEXT = "written by the pod".getBytes(StandardCharsets.UTF_8);

    private final StagingHost host = new StagingHost();
    private final VolumeAccess block = new VolumeAccess.Block();

    @AfterEach
    void clean() {
        host.close();
    }

    @Test
    void deviceGoesThroughItsWholeLife() throws IOException {
        // Given
        VolumeId volume = host.volume("pvc-1", 8);
        StageParts parts = host.start();
        Path target = host.pods.resolve("a");
        PublishRequest publish = host.publish(volume, "a", block, AccessMode.SINGLE_NODE_SINGLE_WRITER, false);
        // When
        for (int i = 0; i < 2; i++) {
            new StageService(parts).stage(host.stageBlock(volume, AccessMode.SINGLE_NODE_SINGLE_WRITER));
            new PublishService(parts).publish(publish);
        }
        write(target);
        // Then
        assertThat(read(host.image(volume))).isEqualTo(TEXT);
        assertThat(new StatisticsService(parts).of(volume, target).bytes().total())
                .isEqualTo(8L << 20);
        // When grown by a process that has just started
        host.resize(volume, 16);
        StageParts restarted = host.start();
        assertThat(new ExpandService(restarted).expand(volume, target, ByteSize.ofMebi(16)))
                .isEqualTo(ByteSize.ofMebi(16));
        assertThat(new ExpandService(restarted).expand(volume, host.staging, new ByteSize(0)))
                .isEqualTo(ByteSize.ofMebi(16));
        assertThatThrownBy(() -> new ExpandService(restarted).expand(volume, target, ByteSize.ofMebi(18)))
                .satisfies(failsWith(ErrorCode.OUT_OF_RANGE));
        // When taken back, twice
        for (int i = 0; i < 2; i++) {
            new PublishService(restarted).unpublish(volume, target);
            new StageService(restarted).unstage(volume, host.staging);
        }
        // Then
        assertThat(target).doesNotExist();
        assertThat(host.staging).isEmptyDirectory();
        assertThat(host.devices(volume)).isEmpty();
        assertThat(read(host.image(volume))).isEqualTo(TEXT);
    }

    @Test
    void readOnlyPublicationIsADeviceThatRefusesWrites() throws IOException {
        // Given
        VolumeId volume = host.volume("pvc-1", 8);
        StageParts parts = host.start();
        new StageService(parts).stage(host.stageBlock(volume, AccessMode.SINGLE_NODE_MULTI_WRITER));
        PublishService service = new PublishService(parts);
        service.publish(host.publish(volume, "w", block, AccessMode.SINGLE_NODE_MULTI_WRITER, false));
        write(host.pods.resolve("w"));
        // When
        service.publish(host.publish(volume, "r", block, AccessMode.SINGLE_NODE_MULTI_WRITER, true));
        service.publish(host.publish(volume, "r2", block, AccessMode.SINGLE_NODE_MULTI_WRITER, true));
        // Then
        assertThat(read(host.pods.resolve("r"))).isEqualTo(TEXT);
        assertThatThrownBy(() -> write(host.pods.resolve("r"))).isInstanceOf(IOException.class);
        assertThatThrownBy(() ->
                        service.publish(host.publish(volume, "r", block, AccessMode.SINGLE_NODE_MULTI_WRITER, false)))
                .satisfies(failsWith(ErrorCode.EXISTS_DIFFERENT));
        assertThat(host.devices(volume)).hasSize(2);
        // When
        service.unpublish(volume, host.pods.resolve("r"));
        assertThat(host.devices(volume)).hasSize(2);
        service.unpublish(volume, host.pods.resolve("r2"));
        // Then
        assertThat(host.devices(volume)).singleElement().matches(device -> !device.readOnly());
        service.unpublish(volume, host.pods.resolve("w"));
        new StageService(parts).unstage(volume, host.staging);
        assertThat(host.devices(volume)).isEmpty();
    }

    @Test
    void deviceThatWasUsedRawIsNeverFormatted() throws IOException {
        // Given bytes that no tool has a name for, far from both ends
        VolumeId volume = host.volume("pvc-1", 64);
        StageService service = new StageService(host.start());
        service.stage(host.stageBlock(volume, AccessMode.SINGLE_NODE_WRITER));
        try (RandomAccessFile device =
                new RandomAccessFile(host.staging.resolve("device").toFile(), "rw")) {
            device.seek(33 << 20);
            device.write(TEXT);
            device.getFD().sync();
        }
        assertThatThrownBy(() -> service.stage(host.stageMounted(volume, FileSystemType.EXT4)))
                .satisfies(failsWith(ErrorCode.EXISTS_DIFFERENT));
        service.unstage(volume, host.staging);
        // Then
        assertThatThrownBy(() -> service.stage(host.stageMounted(volume, FileSystemType.EXT4)))
                .satisfies(failsWith(ErrorCode.IN_USE))
                .hasMessageContaining("data that no file system is recognised in");
        assertThat(host.devices(volume)).isEmpty();
        // When it is discarded it is blank again, and takes no space
        service.stage(host.stageBlock(volume, AccessMode.SINGLE_NODE_WRITER));
        host.scratch
                .commands()
                .run(Command.of(
                        "discard",
                        Duration.ofMinutes(1),
                        "blkdiscard",
                        host.devices(volume).getFirst().path().toString()));
        assertThat(host.scratch.calls().files().status(host.image(volume)).map(FileStatus::allocatedBytes))
                .hasValue(0L);
        service.unstage(volume, host.staging);
        service.stage(host.stageMounted(volume, FileSystemType.EXT4));
    }

    @Test
    void anySignatureKeepsADeviceFromBeingFormatted() throws IOException {
        for (String[] maker :
                new String[][] {{"mkfs.ext2", "-q", "-F"}, {"mkswap", "-q"}, {"mkfs.btrfs", "-q", "-f"}}) {
            VolumeId volume = host.volume("pvc-" + maker[0].replace('.', '-'), 128);
            java.util.List<String> arguments =
                    new java.util.ArrayList<>(java.util.List.of(maker).subList(1, maker.length));
            arguments.add(host.image(volume).toString());
            host.scratch.commands().run(Command.of("prepare", Duration.ofMinutes(1), maker[0], arguments));
            byte[] before = Files.readAllBytes(host.image(volume));
            assertThatThrownBy(
                            () -> new StageService(host.start()).stage(host.stageMounted(volume, FileSystemType.EXT4)))
                    .satisfies(failsWith(ErrorCode.IN_USE));
            assertThat(Files.readAllBytes(host.image(volume))).isEqualTo(before);
            assertThat(host.devices(volume)).isEmpty();
        }
    }

    private static void write(Path device) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(device.toFile(), "rw")) {
            file.write(TEXT);
            file.getFD().sync();
        }
    }

    private static byte[] read(Path file) throws IOException {
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "r")) {
            byte[] bytes = new byte[TEXT.length];
            open.readFully(bytes);
            return bytes;
        }
    }

    private static org.assertj.core.api.ThrowingConsumer<Throwable> failsWith(ErrorCode code) {
        return failure -> assertThat(((StorageException) failure).code())
                .as(String.valueOf(failure))
                .isEqualTo(code);
    }
}
