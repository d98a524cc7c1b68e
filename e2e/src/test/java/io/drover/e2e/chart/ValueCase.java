package io.drover.e2e.chart;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/**
 * A line of {@code chart/every-value.txt}.
 *
 * @param path of the value, its parts joined by dots
 * @param value in YAML, on one line
 * @param expected what is rendered because of it, and else is not; white space is one space
 * @param needs other values that it has a meaning with, in YAML; may be empty
 */
record ValueCase(String path, String value, String expected, String needs) {
    /** All cases. */
    static List<ValueCase> all() {
        try (InputStream stream =
                Objects.requireNonNull(ValueCase.class.getResourceAsStream("/chart/every-value.txt"))) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(ValueCase::parse)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The value as a document of its own. */
    String document() {
        StringBuilder text = new StringBuilder();
        String[] parts = path.split("\\.", -1);
        for (int i = 0; i < parts.length; i++) {
            text.append("  ".repeat(i)).append(parts[i]).append(':').append(i < parts.length - 1 ? "\n" : " ");
        }
        return text.append(value).append('\n').toString();
    }

    @Override
    public String toString() {
        return path + " = " + value;
    }

    private static ValueCase parse(String line) {
        String[] columns = line.split(" \\| ", -1);
        int equals = columns[0].indexOf(" = ");
        if (columns.length < 2 || equals < 0) {
            throw new IllegalArgumentException("no line of the form \"path = value | expected [| needs]\": " + line);
        }
        return new ValueCase(
                columns[0].substring(0, equals),
                columns[0].substring(equals + 3).strip(),
                columns[1].strip(),
                columns.length > 2 ? columns[2].strip() : "");
    }
}
