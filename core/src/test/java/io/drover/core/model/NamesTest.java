package io.drover.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drover.core.error.ErrorCode;
import io.drover.core.error.StorageException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {
    @ParameterizedTest
    @ValueSource(strings = {"a", "pvc-5f0c6f6a-2d5e-4b0e-9f1e-0c1b7e0a1b2c", "A1", "data.v2", "x_y", "0"})
    void namesThatKubernetesAndPeopleUseAreAccepted(String name) {
        assertThat(new VolumeId(name).value()).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "..",
                "../etc",
                "a/b",
                "a..b",
                "-a",
                ".hidden",
                "a b",
                "a\nb",
                "a\0b",
                "ä",
                "a@b",
                "$(reboot)",
                "a;b",
                "~",
                "a\\b"
            })
    void namesThatCouldBecomeAnotherPathOrArgumentAreRefused(String name) {
        assertThatThrownBy(() -> new VolumeId(name))
                .isInstanceOfSatisfying(
                        StorageException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID))
                .hasMessageContaining("volume name");
    }

    @Test
    void aNameHasAtMost128Characters() {
        assertThat(new VolumeId("a".repeat(128)).value()).hasSize(128);
        assertThatThrownBy(() -> new VolumeId("a".repeat(129)))
                .hasMessageContaining("has 129 characters")
                .hasMessageContaining("at most 128");
    }

    @Test
    void aLongOrUnprintableNameIsShownCutAndClean() {
        assertThatThrownBy(() -> new VolumeId("x\u0007" + "y".repeat(500)))
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(200).doesNotContain("\u0007"));
    }
}
