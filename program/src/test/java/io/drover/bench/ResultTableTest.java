package io.drover.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ResultTableTest {
    private final ResultTable table = new ResultTable("io", "I/O").remark("Aim: 0.9.");

    @Test
    void peopleGetColumnsInWords() {
        Map<String, Object> row = table.addRow();
        row.put("engine", "btrfs");
        row.put("rawPerSecond", 12345.6);
        row.put("ratio", 0.951);
        row.put("snapshotMillis", 7.5);

        assertThat(table.render()).isEqualTo("""
                        I/O

                        ENGINE  RAW PER SECOND  RATIO  SNAPSHOT MS
                        ------  --------------  -----  -----------
                        btrfs           12,346   0.95         7.50

                        Aim: 0.9.
                        """);
    }

    @Test
    void programsGetTheValues() {
        table.addRow().put("ratio", 0.951);

        assertThat(table.asMap()).containsEntry("name", "io").containsEntry("rows", table.rows());
        assertThat(table.rows().getFirst()).containsEntry("ratio", 0.951);
    }

    @Test
    void noRowsIsNoTable() {
        assertThat(table.render()).isEqualTo("I/O\n\n\nAim: 0.9.\n");
    }
}
