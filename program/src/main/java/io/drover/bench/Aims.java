package io.drover.bench;

import io.drover.output.Figures;
import java.util.Map;

/** What was aimed at, beside what was measured. */
final class Aims {
    private final ResultTable table = new ResultTable("aims", "Aims");

    /** It has to be at least so much. */
    void atLeast(String what, double aim, double measured) {
        add(what, "at least " + Figures.ratio(aim), measured, measured >= aim);
    }

    /** It may be so much and no more. */
    void atMost(String what, double aim, double measured) {
        add(what, "at most " + Figures.ratio(aim), measured, measured <= aim);
    }

    ResultTable table() {
        return table;
    }

    private void add(String what, String aim, double measured, boolean reached) {
        Map<String, Object> row = table.addRow();
        row.put("figure", what);
        row.put("aim", aim);
        row.put("measured", measured);
        row.put("verdict", reached ? "reached" : "missed");
    }
}
