package io.drover.output;

import java.util.ArrayList;
import java.util.List;

/**
 * A table of text with aligned columns, for terminals and logs alike: a head, a rule, one line per row, no escape codes.
 * Columns are as wide as their widest cell; nothing is cut, and no line ends in spaces.
 */
public final class TextTable {
    private static final String GAP = "  ";

    private final List<String> titles = new ArrayList<>();
    private final List<Boolean> right = new ArrayList<>();
    private final List<List<String>> rows = new ArrayList<>();

    /** Adds a column whose cells begin at its left edge: words. */
    public TextTable left(String title) {
        return column(title, false);
    }

    /** Adds a column whose cells end at its right edge: numbers. */
    public TextTable right(String title) {
        return column(title, true);
    }

    /** Adds a row; it has one cell for each column. Line breaks in a cell become spaces. */
    public TextTable row(String... cells) {
        return row(List.of(cells));
    }

    /** Adds a row; it has one cell for each column. Line breaks in a cell become spaces. */
    public TextTable row(List<String> cells) {
        if (cells.size() != titles.size()) {
            throw new IllegalArgumentException(
                    "a row of " + cells.size() + " cells in a table of " + titles.size() + " columns");
        }
        rows.add(cells.stream().map(cell -> cell.replaceAll("\\s*\\R\\s*", " ")).toList());
        return this;
    }

    /** The table, every line ended by a line feed. */
    public String render() {
        int[] widths = widths();
        StringBuilder text = new StringBuilder();
        line(text, titles, widths);
        List<String> rule = new ArrayList<>();
        for (int width : widths) {
            rule.add("-".repeat(width));
        }
        line(text, rule, widths);
        rows.forEach(row -> line(text, row, widths));
        return text.toString();
    }

    private TextTable column(String title, boolean isRight) {
        titles.add(title);
        right.add(isRight);
        return this;
    }

    private int[] widths() {
        int[] widths = new int[titles.size()];
        for (int i = 0; i < widths.length; i++) {
            widths[i] = titles.get(i).length();
            for (List<String> row : rows) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        return widths;
    }

    private void line(StringBuilder text, List<String> cells, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            String cell = cells.get(i);
            String padding = " ".repeat(widths[i] - cell.length());
            line.append(i == 0 ? "" : GAP).append(right.get(i) ? padding + cell : cell + padding);
        }
        text.append(line.toString().stripTrailing()).append('\n');
    }
}
