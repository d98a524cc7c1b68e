package io.drover.node.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drover.core.error.ErrorCode;
import io.drover.core.error.StorageException;
import io.drover.core.model.VolumeId;
import io.drover.core.sys.Errno;
import io.drover.core.sys.LoopSetup;
import io.drover.core.sys.SystemCallException;
import io.drover.node.testing.Scratch;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("root")
class LoopDevicesIT {
    private static final LoopLabel LABEL = LoopLabel.of(new VolumeId("pvc-1"));

    private final Scratch scratch = new Scratch();
    private final LoopDevices devices = scratch.devices();

    @AfterEach
    void clean() {
        scratch.close();
    }

    @Test
    void attachingAgainFindsTheSameDevice() {
        // Given
        Path image = image("a", 4);
        // When
        LoopDevice device = devices.attach(image, LABEL, false, BlockBytes.USUAL);
        // Then
        assertThat(devices.attach(image, LABEL, false, BlockBytes.USUAL)).isEqualTo(device);
        assertThat(device.directIo()).isTrue();
        assertThat(device.sizeBytes()).isEqualTo(4 << 20);
        assertThat(devices.on(image)).containsExactly(device);
        assertThat(scratch.calls().blockDevices().logicalBlockSize(device.path()))
                .isEqualTo(4096);
        devices.detach(device);
        devices.detach(device);
        assertThat(devices.on(image)).isEmpty();
    }

    @Test
    void deviceOfAnotherHandIsRefusedAndLeftAlone() {
        // Given
        Path image = image("a", 4);
        int foreign = scratch.calls().loops().setUp(new LoopSetup(image, "by hand", false, false, 512));
        // Then
        assertThatThrownBy(() -> devices.attach(image, LABEL, false, BlockBytes.USUAL))
                .satisfies(failsWith(ErrorCode.IN_USE))
                .hasMessageContaining("by hand");
        assertThat(devices.find(foreign)).isPresent();
        assertThatThrownBy(() -> devices.attach(scratch.root().resolve("none"), LABEL, false, BlockBytes.USUAL))
                .satisfies(failsWith(ErrorCode.NOT_FOUND));
    }

    @Test
    void growsWithItsImage() {
        // Given
        Path image = image("a", 4);
        LoopDevice device = devices.attach(image, LABEL, false, BlockBytes.USUAL);
        // When
        image("a", 8);
        // Then
        assertThat(devices.refreshSize(device)).isEqualTo(8 << 20);
        assertThat(devices.refreshSize(device)).isEqualTo(8 << 20);
    }

    @Test
    void openDeviceIsReportedAndGoesWhenItIsClosed() throws IOException {
        // Given
        Path image = image("a", 4);
        LoopDevice device = devices.attach(image, LABEL, false, BlockBytes.USUAL);
        LoopDevices impatient =
                new LoopDevices(scratch.calls().loops(), scratch.calls().files(), duration -> {});
        // When
        try (FileChannel open = FileChannel.open(device.path(), StandardOpenOption.READ)) {
            assertThatThrownBy(() -> impatient.detach(device)).satisfies(failsWith(ErrorCode.BUSY));
            assertThatThrownBy(() -> impatient.attach(image, LABEL, false, BlockBytes.USUAL))
                    .satisfies(failsWith(ErrorCode.BUSY));
            assertThat(open.size()).isPositive();
        }
        // Then
        assertThat(devices.attach(image, LABEL, false, BlockBytes.USUAL).leaving())
                .isFalse();
    }

    @Test
    void deletedImageIsSeen() throws IOException {
        Path image = image("a", 4);
        devices.attach(image, LABEL, false, BlockBytes.USUAL);
        Files.delete(image);
        assertThat(devices.list())
                .filteredOn(device -> device.backingFile().equals(image))
                .singleElement()
                .matches(LoopDevice::deleted);
    }

    @Test
    void deviceIsFoundWhereItsNodeIsMissing() throws IOException {
        // Given a container that was started anew
        Path image = image("a", 4);
        LoopDevice device = devices.attach(image, LABEL, false, BlockBytes.USUAL);
        Files.delete(device.path());
        // Then
        assertThat(devices.attach(image, LABEL, false, BlockBytes.USUAL)).isEqualTo(device);
        assertThat(device.path()).exists();
        devices.detach(device);
        assertThat(devices.on(image)).isEmpty();
    }

    @Test
    void aDeadFileSystemStopsNoOther() {
        // Given a volume on a file system that is then shut down, as by a disk that fails
        VolumeId volume = new VolumeId("pvc-lost-" + ProcessHandle.current().pid());
        Path dead = scratch.mounted("dead", "xfs", 320);
        Path lost = scratch.image(dead.resolve("volumes/" + volume + "/head/image"), 4);
        LoopDevice silent = devices.attach(lost, LoopLabel.of(volume), false, BlockBytes.USUAL);
        scratch.calls().fileSystems().shutDownWithoutFlush(dead);
        try {
            assertThatThrownBy(() -> devices.find(silent.number())).isInstanceOf(SystemCallException.class);
            // When
            VolumeId other = new VolumeId("pvc-1");
            Path image = image("a", 4);
            LoopDevice device = devices.attach(image, LABEL, false, BlockBytes.USUAL);
            // Then
            assertThat(devices.on(image)).containsExactly(device);
            assertThat(devices.list()).contains(device).doesNotContain(silent);
            assertThat(devices.labelled(LoopLabel::isOfVolume)).contains(device);
            assertThat(devices.labelled(other, label -> label.isOf(other))).contains(device);
            devices.detach(device);
            assertThat(devices.on(image)).isEmpty();
            // And of the lost volume nothing is known
            assertThatThrownBy(() -> devices.labelled(volume, label -> label.isOf(volume)))
                    .isInstanceOfSatisfying(
                            SystemCallException.class,
                            e -> assertThat(e.is(Errno.EIO)).isTrue());
        } finally {
            // Unmounted first, its path would not lie below the scratch folder any more.
            scratch.calls().loops().detach(silent.number());
        }
    }

    @Test
    void manyAttachAtOnce() throws Exception {
        // Given
        int count = 24;
        List<Future<LoopDevice>> attached = new ArrayList<>();
        // When
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < count; i++) {
                Path image = image("many-" + i, 2);
                LoopLabel label = LoopLabel.of(new VolumeId("many-" + i));
                attached.add(threads.submit(() -> devices.attach(image, label, false, BlockBytes.USUAL)));
            }
        }
        // Then
        List<Integer> numbers = new ArrayList<>();
        for (Future<LoopDevice> device : attached) {
            numbers.add(device.get().number());
        }
        assertThat(numbers).doesNotHaveDuplicates().hasSize(count);
    }

    @Test
    void waitingTakesItsStepsFromThePause() {
        Path image = image("a", 4);
        List<Duration> waited = new ArrayList<>();
        LoopDevices counted =
                new LoopDevices(scratch.calls().loops(), scratch.calls().files(), waited::add);
        counted.detach(counted.attach(image, LABEL, true, BlockBytes.USUAL));
        assertThat(waited).hasSizeLessThan(100);
        assertThat(devices.on(image)).isEmpty();
    }

    private Path image(String name, long sizeMebi) {
        return scratch.image(scratch.root().resolve(name + ".image"), sizeMebi);
    }

    private static org.assertj.core.api.ThrowingConsumer<Throwable> failsWith(ErrorCode code) {
        return failure -> assertThat(((StorageException) failure).code()).isEqualTo(code);
    }
}
