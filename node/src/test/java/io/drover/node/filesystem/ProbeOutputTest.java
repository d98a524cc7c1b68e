package io.drover.node.filesystem;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.core.model.FileSystemType;
import org.junit.jupiter.api.Test;

/** Recorded from util-linux 2.38. */
class ProbeOutputTest {
    @Test
    void fileSystemIsRead() {
        String output = """
                DEVNAME=/dev/loop0
                UUID=972dd96d-15a0-41cb-baca-78e8fb62349d
                VERSION=1.0
                BLOCK_SIZE=4096
                TYPE=ext4
                USAGE=filesystem
                """;
        assertThat(ProbeOutput.read(output)).isEqualTo(new DeviceContent.Formatted(FileSystemType.EXT4));
    }

    @Test
    void swapAndVolumeManagersAreForeign() {
        assertThat(ProbeOutput.read("DEVNAME=/dev/loop0\nTYPE=swap\nUSAGE=other\n"))
                .isEqualTo(new DeviceContent.Foreign("swap"));
        assertThat(ProbeOutput.read("TYPE=ext2\nUSAGE=filesystem\n")).isEqualTo(new DeviceContent.Foreign("ext2"));
    }

    @Test
    void partitionTableIsForeignWhateverElseIsThere() {
        assertThat(ProbeOutput.read("DEVNAME=/dev/loop0\nTYPE=ext4\nPTUUID=8a7b\nPTTYPE=dos\n"))
                .isInstanceOf(DeviceContent.Foreign.class);
    }

    @Test
    void outputWithoutATypeIsNeverBlank() {
        assertThat(ProbeOutput.read("")).isInstanceOf(DeviceContent.Foreign.class);
        assertThat(ProbeOutput.read("DEVNAME=/dev/loop0\n")).isInstanceOf(DeviceContent.Foreign.class);
    }
}
