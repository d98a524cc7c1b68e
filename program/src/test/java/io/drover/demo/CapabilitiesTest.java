package io.drover.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class CapabilitiesTest {
    @Test
    void oneBitIsOneCapability() throws IOException {
        Capabilities all = Capabilities.parse(List.of("Name:\tx", "CapEff:\t000001ffffffffff"));
        Capabilities withoutOne = Capabilities.parse(List.of("CapEff:\t000001fffeffffff"));

        assertThat(all.has(Capabilities.SYS_RESOURCE)).isTrue();
        assertThat(withoutOne.has(Capabilities.SYS_RESOURCE)).isFalse();
        assertThat(withoutOne.has(Capabilities.SYS_RESOURCE + 1)).isTrue();
    }

    @Test
    void noSuchLineIsAnError() {
        assertThatThrownBy(() -> Capabilities.parse(List.of())).isInstanceOf(IOException.class);
    }
}
