package io.drover.bench;

import io.drover.output.Figures;
import io.drover.output.TextTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Results of one kind: rows of named values, for people as a table, for programs as JSON. Names are words with capitals in between
 * and their unit at the end: {@code snapshotMillis}.
 */
final class ResultTable {
    private final String name;
    private final String title;
    private final List<String> remarks = new ArrayList<>();
    private final List<Map<String, Object>> rows = new ArrayList<>();

    /**
     * An empty table.
     *
     * @param name for programs
     * @param title for people
     */
    ResultTable(String name, String title) {
        this.name = name;
        this.title = title;
    }

    /** Adds a sentence that belongs to it: an aim, a method. */
    ResultTable remark(String sentence) {
        remarks.add(sentence);
        return this;
    }

    /** Begins a row; values are added to it in the order of the columns. */
    Map<String, Object> addRow() {
        Map<String, Object> row = new LinkedHashMap<>();
        rows.add(row);
        return row;
    }

    List<Map<String, Object>> rows() {
        return rows;
    }

    String name() {
        return name;
    }

    /** For JSON. */
    Map<String, Object> asMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("name", name);
        map.put("title", title);
        map.put("remarks", List.copyOf(remarks));
        map.put("rows", rows);
        return map;
    }

    /** For people. */
    String render() {
        StringBuilder text = new StringBuilder(title).append("\n\n");
        if (!rows.isEmpty()) {
            text.append(table().render());
        }
        remarks.forEach(remark -> text.append("\n").append(remark));
        return text.append(remarks.isEmpty() ? "" : "\n").toString();
    }

    private TextTable table() {
        TextTable table = new TextTable();
        Map<String, Object> first = rows.getFirst();
        first.forEach((column, value) -> {
            if (value instanceof Number) {
                table.right(words(column));
            } else {
                table.left(words(column));
            }
        });
        for (Map<String, Object> row : rows) {
            table.row(first.keySet().stream()
                    .map(column -> text(row.getOrDefault(column, "")))
                    .toList());
        }
        return table;
    }

    private static String words(String column) {
        return column.replaceAll("([A-Z])", " $1").toUpperCase(Locale.ROOT).replace(" MILLIS", " MS");
    }

    private static String text(Object value) {
        return switch (value) {
            case Double number when number >= 1000 -> Figures.count(Math.round(number));
            case Double number -> Figures.ratio(number);
            case Long number -> Figures.count(number);
            case Integer number -> Figures.count(number);
            default -> value.toString();
        };
    }
}
