package io.drover.logging;

/** What a log line looks like; the names are the values of {@code --log-format}. */
public enum LogFormat {
    text,
    json
}
