package io.drover.cli;

import io.drover.output.TextTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * How things of one kind are shown: the columns of the table, and the fields of the JSON or YAML object. Columns are for people and
 * may change; fields are for programs and only grow in number.
 */
public final class Listing<T> {
    private record Column<T>(String title, boolean isNumber, Function<T, String> cell) {}

    private record Field<T>(String name, Function<T, Object> value) {}

    private final List<Column<T>> columns = new ArrayList<>();
    private final List<Field<T>> fields = new ArrayList<>();

    /** Adds a column of words. */
    public Listing<T> words(String title, Function<T, String> cell) {
        columns.add(new Column<>(title, false, cell));
        return this;
    }

    /** Adds a column of numbers. */
    public Listing<T> number(String title, Function<T, String> cell) {
        columns.add(new Column<>(title, true, cell));
        return this;
    }

    /** Adds a field: text, a number, a truth value, a map or a list of such. */
    public Listing<T> field(String name, Function<T, Object> value) {
        fields.add(new Field<>(name, value));
        return this;
    }

    String table(List<T> things) {
        TextTable table = new TextTable();
        for (Column<T> column : columns) {
            if (column.isNumber()) {
                table.right(column.title());
            } else {
                table.left(column.title());
            }
        }
        for (T thing : things) {
            table.row(columns.stream()
                    .map(column -> dashed(column.cell().apply(thing)))
                    .toList());
        }
        return table.render();
    }

    /** The thing as an object for JSON or YAML, its fields in the order in which they were added. */
    Map<String, Object> object(T thing) {
        Map<String, Object> object = new LinkedHashMap<>();
        fields.forEach(field -> object.put(field.name(), field.value().apply(thing)));
        return object;
    }

    private static String dashed(String cell) {
        return cell.isEmpty() ? "-" : cell;
    }
}
