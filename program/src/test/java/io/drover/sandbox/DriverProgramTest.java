package io.drover.sandbox;

import static org.assertj.core.api.Assertions.assertThatCode;

import org.junit.jupiter.api.Test;

class DriverProgramTest {
    @Test
    void theProgramsMainClassExists() {
        assertThatCode(() -> Class.forName(DriverProgram.MAIN_CLASS).getMethod("main", String[].class))
                .doesNotThrowAnyException();
    }
}
