package io.drover.core.sys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SysfsLoopsTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path sysfs;

    @Test
    void setUpDevicesAreListedByNumber() throws IOException {
        Files.createDirectories(sysfs.resolve("loop0"));
        device(10, "/pool/a b", "0", "1", "8");
        device(2, "/pool/image (deleted)", "1", "0", "4096");

        assertThat(new SysfsLoops(sysfs).list())
                .containsExactly(
                        new LoopEntry(2, "/pool/image", true, true, false, 2 << 20),
                        new LoopEntry(10, "/pool/a b", false, false, true, 4096));
    }

    @Test
    void unreadableIsAnErrorAndNotAbsent() throws IOException {
        device(1, "/pool/a", "0", "1", "8");
        Files.delete(sysfs.resolve("loop1/size"));

        assertThatThrownBy(() -> new SysfsLoops(sysfs).list()).isInstanceOf(UncheckedIOException.class);
    }

    private void device(int number, String file, String dio, String autoclear, String size) throws IOException {
        Path device = sysfs.resolve("loop" + number);
        Files.createDirectories(device.resolve("loop"));
        Files.writeString(device.resolve("loop/backing_file"), file + "\n");
        Files.writeString(device.resolve("loop/dio"), dio + "\n");
        Files.writeString(device.resolve("loop/autoclear"), autoclear + "\n");
        Files.writeString(device.resolve("size"), size + "\n");
    }
}
