package io.drover.standalone;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What was opened, in order, so that it is closed in the reverse order: at the end, or when a later part cannot be opened. */
public final class Floors implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Floors.class);

    private final Deque<AutoCloseable> opened = new ArrayDeque<>();

    /** Remembers a part, and gives it back. */
    public <T extends AutoCloseable> T add(T part) {
        opened.push(part);
        return part;
    }

    @Override
    public void close() {
        while (!opened.isEmpty()) {
            AutoCloseable part = opened.pop();
            try {
                part.close();
            } catch (Exception e) {
                log.atWarn()
                        .addKeyValue("part", part.getClass().getSimpleName())
                        .setCause(e)
                        .log("a part did not close");
            }
        }
    }
}
