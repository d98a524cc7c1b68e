package io.drover.core.sys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class MountInfoTest {
    @Test
    void lineWithOptionalFieldsIsRead() {
        Mount mount = only("36 35 98:0 /mnt1 /mnt2 rw,noatime master:1 shared:7 - ext3 /dev/root rw,errors=continue");

        assertThat(mount)
                .isEqualTo(new Mount(
                        36,
                        35,
                        new DeviceNumber(98, 0),
                        "/mnt1",
                        Path.of("/mnt2"),
                        List.of("rw", "noatime"),
                        List.of("master:1", "shared:7"),
                        "ext3",
                        "/dev/root",
                        List.of("rw", "errors=continue")));
        assertThat(mount.isReadOnly()).isFalse();
    }

    @Test
    void escapesAreUndone() {
        Mount mount = only("1 2 0:5 /a\\040b /with\\040space\\011tab\\134back\\012line rw - btrfs /dev/my\\040disk ro");

        assertThat(mount.root()).isEqualTo("/a b");
        assertThat(mount.target()).isEqualTo(Path.of("/with space\ttab\\back\nline"));
        assertThat(mount.source()).isEqualTo("/dev/my disk");
        assertThat(mount.isReadOnly()).isTrue();
    }

    @Test
    void escapedBytesOfMultibyteCharactersStayTogether() {
        assertThat(MountInfo.unescaped("ü\\040\\303\\274")).isEqualTo("ü ü");
        assertThat(MountInfo.unescaped("\\9 \\04")).isEqualTo("\\9 \\04");
    }

    @Test
    void emptySourceAndMissingOptionsAreAllowed() {
        assertThat(only("1 2 0:5 / /x rw - tmpfs  rw").source()).isEmpty();
        assertThat(only("1 2 0:5 / /x rw - tmpfs none").superOptions()).isEmpty();
    }

    @Test
    void otherFormatIsAnError() {
        assertThatThrownBy(() -> only("1 2 0:5 / /x rw tmpfs none rw")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void tableOfThisHostIsRead() {
        var calls = new LinuxMountCalls(new Kernel(), Path.of("/proc/self/mountinfo"));

        assertThat(calls.mounts()).anyMatch(mount -> mount.target().equals(Path.of("/proc")));
    }

    private static Mount only(String line) {
        return MountInfo.parse(List.of(line)).getFirst();
    }
}
