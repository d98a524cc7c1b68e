package io.drover.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TextTableTest {
    @Test
    void columnsAreAsWideAsTheirWidestCell() {
        TextTable table = new TextTable()
                .left("STEP")
                .right("TIME")
                .left("CHECK")
                .row("create", "1.2 ms", "1 GiB")
                .row("snapshot while writing", "12 ms", "");

        assertThat(table.render()).isEqualTo("""
                        STEP                      TIME  CHECK
                        ----------------------  ------  -----
                        create                  1.2 ms  1 GiB
                        snapshot while writing   12 ms
                        """);
    }

    @Test
    void aLineBreakInACellBecomesASpace() {
        assertThat(new TextTable().left("A").row("one\n  two").render()).isEqualTo("A\n-------\none two\n");
    }

    @Test
    void aRowOfAnotherLengthIsRefused() {
        TextTable table = new TextTable().left("A").left("B");

        assertThatThrownBy(() -> table.row("one"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("2 columns");
    }
}
