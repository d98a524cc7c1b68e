package io.drover.node.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drover.core.exec.CommandResult;
import io.drover.core.model.DiskId;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init")
class DeviceProbeTest {
    private static final long SIZE = 4 << 20;
    private static final String UUID = "6f8e8b1c-5a4c-4b53-9f0e-0d9c3c5f7a11";

    @TempDir
    private Path directory;

    private Path device;

    @BeforeEach
    void blank() throws IOException {
        device = directory.resolve("device");
        write(SIZE - 1, new byte[1]);
    }

    private void write(long at, byte[] bytes) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(device.toFile(), "rw")) {
            file.seek(at);
            file.write(bytes);
        }
    }

    private DeviceContent probe(int exit, String output) {
        return new DeviceProbe(command -> new CommandResult(exit, output, ""))
                .probe(device, SIZE, Optional.of(new DiskId(UUID)));
    }

    @Test
    void nothingFoundAndZerosAtBothEndsIsBlank() {
        assertThat(probe(2, "")).isEqualTo(new DeviceContent.Blank());
    }

    @Test
    void oneByteAtEitherEndIsNotBlank() throws IOException {
        write(4096, new byte[] {1});
        assertThat(probe(2, "")).isEqualTo(new DeviceContent.Other("data without a known signature", Optional.empty()));
        write(4096, new byte[] {0});
        write(SIZE - 1, new byte[] {1});
        assertThat(probe(2, "")).isInstanceOf(DeviceContent.Other.class);
    }

    @Test
    void ownUnfinishedWorkIsRecognisedByItsUuid() throws IOException {
        write(65568, HexFormat.of().parseHex(UUID.replace("-", "")));

        assertThat(probe(2, ""))
                .isEqualTo(new DeviceContent.Other("data without a known signature", Optional.of(UUID)));
    }

    @Test
    void fileSystemsAndOtherThingsAreTold() {
        assertThat(probe(0, "DEVNAME=/dev/loop1\nUUID=" + UUID + "\nTYPE=xfs\nUSAGE=filesystem\n"))
                .isEqualTo(new DeviceContent.FileSystem("xfs", UUID));
        assertThat(probe(0, "DEVNAME=/dev/sda\nPTUUID=x\nPTTYPE=gpt\n"))
                .isEqualTo(new DeviceContent.Other("a partition table (gpt)", Optional.empty()));
        assertThat(probe(0, "UUID=x\nTYPE=LVM2_member\nUSAGE=raid\n"))
                .isEqualTo(new DeviceContent.Other("LVM2_member", Optional.empty()));
    }

    @Test
    void deviceThatEndsBeforeItsSizeIsAnError() {
        var probe = new DeviceProbe(command -> new CommandResult(2, "", ""));

        assertThatThrownBy(() -> probe.probe(device, SIZE * 2, Optional.empty()))
                .isInstanceOf(UncheckedIOException.class);
    }
}
