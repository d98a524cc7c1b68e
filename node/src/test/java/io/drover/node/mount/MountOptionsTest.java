package io.drover.node.mount;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drover.core.error.ErrorCode;
import io.drover.core.error.StorageException;
import io.drover.core.sys.MountFlag;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MountOptionsTest {
    @Test
    void flagsAndDataAreTold() {
        // When
        MountOptions options = MountOptions.parse(List.of("noatime,discard", "nosuid", "commit=30", "_netdev", ""));
        // Then
        assertThat(options.flags()).containsExactlyInAnyOrder(MountFlag.NO_ATIME, MountFlag.NO_SUID);
        assertThat(options.data()).containsExactly("discard", "commit=30");
        assertThat(options.dataText()).isEqualTo("discard,commit=30");
    }

    @Test
    void laterOptionsUndoEarlierOnes() {
        assertThat(MountOptions.parse(List.of("ro", "noexec", "rw", "exec"))).isEqualTo(MountOptions.NONE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "loop",
                "loop=/dev/loop1",
                "offset=4096",
                "sizelimit=1",
                "bind",
                "remount",
                "rshared",
                "user",
                "errors=panic",
                "fatal_errors=panic",
                "device=/dev/sda",
                "logdev=/dev/sda",
                "journal_path=/x",
                "subvol=x",
                "a b",
                "x\ny",
                "ü",
                "X-mount.mkdir"
            })
    void whatReachesBeyondTheVolumeIsRefused(String option) {
        assertThatThrownBy(() -> MountOptions.parse(List.of("noatime", option)))
                .satisfies(failure ->
                        assertThat(((StorageException) failure).code()).isEqualTo(ErrorCode.INVALID));
    }

    @Test
    void allRefusedOnesAreNamedAtOnce() {
        assertThatThrownBy(() -> MountOptions.parse(List.of("loop", "noatime", "offset=1")))
                .hasMessageContaining("[loop, offset=1]");
    }

    @Test
    void moreThanAPageIsRefused() {
        assertThatThrownBy(() -> MountOptions.parse(Collections.nCopies(100, "data=" + "x".repeat(60))))
                .hasMessageContaining("longer than");
    }

    @Test
    void readOnlyCanBeAddedAndTakenAway() {
        MountOptions options = MountOptions.parse(List.of("noexec"));
        assertThat(options.readOnly().isReadOnly()).isTrue();
        assertThat(options.readOnly().readOnly().writable()).isEqualTo(options);
        assertThat(options.with("nouuid").with("nouuid").data()).containsExactly("nouuid");
    }

    @Test
    void flagsOfAMountAreReadBack() {
        assertThat(MountOptions.flagsOf(List.of("rw", "noexec", "relatime")))
                .containsExactlyInAnyOrder(MountFlag.NO_EXEC, MountFlag.RELATIME);
    }
}
