package io.drover.node.filesystem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drover.core.error.ErrorCode;
import io.drover.core.error.StorageException;
import io.drover.core.exec.Command;
import io.drover.core.model.FileSystemType;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileSystemCommandsTest {
    private static final Path DEVICE = Path.of("/dev/loop3");

    @Test
    void usersParametersComeAfterOursAndBeforeTheDevice() {
        // When
        Command command = FileSystemCommands.make(
                FileSystemType.EXT4, DEVICE, 1L << 30, FileSystemCommands.parameters("  -b 2048   -N 100 "));
        // Then
        assertThat(command.program()).isEqualTo("mkfs.ext4");
        assertThat(String.join(" ", command.arguments()))
                .isEqualTo(
                        "-F -q -m 0 -E nodiscard,lazy_itable_init=1,lazy_journal_init=1 -b 4096 -b 2048 -N 100 /dev/loop3");
    }

    @Test
    void smallVolumeKeepsRoomForAJournal() {
        assertThat(FileSystemCommands.make(FileSystemType.EXT4, DEVICE, 4 << 20, List.of())
                        .arguments())
                .doesNotContain("-b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-d /etc", "/dev/sda", "-J device=x", "-l logdev=y", "\u0007", "-L ü"})
    void parametersThatReachBeyondTheDeviceAreRefused(String text) {
        assertThatThrownBy(() -> FileSystemCommands.parameters(text))
                .satisfies(failure ->
                        assertThat(((StorageException) failure).code()).isEqualTo(ErrorCode.INVALID));
    }

    @Test
    void noParametersAreFine() {
        assertThat(FileSystemCommands.parameters("")).isEmpty();
        assertThat(FileSystemCommands.parameters("  ")).isEmpty();
    }

    @Test
    void growingNamesWhatEachToolWants() {
        Path mount = Path.of("/mnt");
        assertThat(FileSystemCommands.grow(FileSystemType.EXT4, DEVICE, mount).arguments())
                .containsExactly("/dev/loop3");
        assertThat(FileSystemCommands.grow(FileSystemType.XFS, DEVICE, mount).arguments())
                .containsExactly("-d", "/mnt");
        assertThat(FileSystemCommands.grow(FileSystemType.BTRFS, DEVICE, mount).arguments())
                .containsExactly("filesystem", "resize", "max", "/mnt");
    }
}
