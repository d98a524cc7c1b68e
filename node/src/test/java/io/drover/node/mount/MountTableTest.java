package io.drover.node.mount;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.core.sys.DeviceNumber;
import io.drover.core.sys.Mount;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class MountTableTest {
    private static final Path LOOP = Path.of("/dev/loop3");
    private static final DeviceNumber NUMBER = new DeviceNumber(7, 3);

    private final Mount root = mount(1, "252:0", "/", "/", "ext4", "/dev/vda");
    private final Mount staged = mount(2, "7:3", "/", "/staging", "ext4", "/dev/loop3");
    private final Mount published = mount(3, "7:3", "/", "/pod", "ext4", "/dev/loop3");
    private final Mount over = mount(4, "0:40", "/", "/pod", "tmpfs", "tmpfs");
    private final Mount btrfs = mount(5, "0:50", "/", "/b", "btrfs", "/dev/loop4");
    private final Mount node = mount(6, "0:6", "/loop3", "/file", "devtmpfs", "devtmpfs");
    private final MountTable table = new MountTable(List.of(root, staged, published, over, btrfs, node));

    @Test
    void latestMountIsWhatIsSeen() {
        assertThat(table.at(Path.of("/pod"))).contains(over);
        assertThat(table.at(Path.of("/staging"))).contains(staged);
        assertThat(table.at(Path.of("/nothing"))).isEmpty();
        assertThat(table.isVisible(published)).isFalse();
        assertThat(table.isVisible(staged)).isTrue();
    }

    @Test
    void fileSystemIsFoundByNumberAndOnBtrfsByName() {
        assertThat(table.ofFileSystemOn(LOOP, NUMBER)).containsExactly(staged, published);
        assertThat(table.ofFileSystemOn(Path.of("/dev/loop4"), new DeviceNumber(7, 4)))
                .containsExactly(btrfs);
    }

    @Test
    void boundDeviceNodesAreFoundByName() {
        assertThat(table.ofFilesNamed("loop3")).containsExactly(node);
        assertThat(table.ofFilesNamed("oop3")).isEmpty();
    }

    private static Mount mount(int id, String device, String root, String target, String type, String source) {
        return new Mount(
                id,
                0,
                DeviceNumber.parse(device),
                root,
                Path.of(target),
                List.of("rw"),
                List.of(),
                type,
                source,
                List.of("rw"));
    }
}
