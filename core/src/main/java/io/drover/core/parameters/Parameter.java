package io.drover.core.parameters;

/**
 * One key that users may set.
 *
 * @param defaultText what it is when it is not given, as a user would write it
 * @param changeable whether it can be changed after the object was made
 * @param description for the documentation: what it means
 */
record Parameter<T>(String key, ParameterType<T> type, String defaultText, boolean changeable, String description) {
    T read(String text) {
        return type.reader().apply(text);
    }

    T defaultValue() {
        return read(defaultText);
    }

    String write(T value) {
        return type.writer().apply(value);
    }
}
