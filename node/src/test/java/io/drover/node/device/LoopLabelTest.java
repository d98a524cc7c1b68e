package io.drover.node.device;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.core.model.VolumeId;
import org.junit.jupiter.api.Test;

class LoopLabelTest {
    private static final String UUID = "pvc-01234567-89ab-cdef-0123-456789abcdef";

    @Test
    void nameOfKubernetesIsKeptWhole() {
        assertThat(LoopLabel.of(new VolumeId(UUID)).text()).isEqualTo("drover:" + UUID);
        assertThat(LoopLabel.readOnly(new VolumeId(UUID)).text()).isEqualTo("drover:ro:" + UUID);
    }

    @Test
    void longNamesFitAndStayDifferent() {
        // Given
        VolumeId first = new VolumeId("a".repeat(127) + "b");
        VolumeId second = new VolumeId("a".repeat(128));
        // Then
        assertThat(LoopLabel.of(first).text()).hasSize(63).contains("~");
        assertThat(LoopLabel.of(first)).isNotEqualTo(LoopLabel.of(second));
        assertThat(LoopLabel.of(first).isOf(first)).isTrue();
        assertThat(LoopLabel.readOnly(first).isOf(first)).isTrue();
        assertThat(LoopLabel.readOnly(first).isOf(second)).isFalse();
    }

    @Test
    void shortNameThatLooksLikeAPrefixIsNoneOfIt() {
        assertThat(LoopLabel.of(new VolumeId("ro")).isOf(new VolumeId("pvc-1"))).isFalse();
        assertThat(new LoopLabel("drover:" + UUID).isOf(new VolumeId("pvc-0"))).isFalse();
    }

    @Test
    void onlyVolumesCount() {
        assertThat(LoopLabel.of(new VolumeId(UUID)).isOfVolume()).isTrue();
        assertThat(LoopLabel.readOnly(new VolumeId(UUID)).isOfVolume()).isTrue();
        assertThat(new LoopLabel("drover:pool:" + UUID).isOfVolume()).isFalse();
        assertThat(new LoopLabel("").isOfVolume()).isFalse();
        assertThat(new LoopLabel("/var/lib/images/x.img").isOfVolume()).isFalse();
    }
}
