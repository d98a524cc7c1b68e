package io.drover.node.device;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.core.model.DiskId;
import io.drover.core.model.VolumeId;
import io.drover.node.testing.Scratch;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("root")
class OwnDevicesIT {
    private final Scratch scratch = new Scratch();
    private final LoopDevices devices = scratch.devices();

    @AfterEach
    void clean() {
        scratch.close();
    }

    @Test
    void aDeadDiskHidesNoDeviceOfTheOthers() {
        // Given two disks, of which the first dies, and a path from a mount namespace that is no more
        Path dead = scratch.mounted("dead", "xfs", 320);
        Path healthy = scratch.mounted("healthy", "ext4", 64);
        VolumeId volume = new VolumeId("pvc-own-" + ProcessHandle.current().pid());
        Path image = scratch.image(healthy.resolve("volumes/" + volume + "/head/image"), 4);
        LoopDevice device = devices.attach(image, LoopLabel.of(volume), false, BlockBytes.USUAL);
        Path shadow = scratch.directory("shadow");
        OwnDevices seenFromElsewhere =
                new OwnDevices(devices, scratch.calls().files(), new Roots(List.of(dead, shadow)));
        scratch.calls().fileSystems().shutDownWithoutFlush(dead);

        // Then
        OwnDevices own = new OwnDevices(devices, scratch.calls().files(), new Roots(List.of(dead, healthy)));
        assertThat(own.list()).contains(device);
        assertThat(own.of(volume)).containsExactly(device);
        assertThat(seenFromElsewhere.of(volume)).isEmpty();
        devices.detach(device);
    }

    private record Roots(List<Path> roots) implements VolumeImages {
        @Override
        public VolumeImage head(DiskId disk, VolumeId volume) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<VolumeImage> find(VolumeId volume) {
            throw new UnsupportedOperationException();
        }

        @Override
        public BlockBytes blockBytes(VolumeImage image) {
            throw new UnsupportedOperationException();
        }
    }
}
