package io.drover.core.exec;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Reads one output of a process to its end on a thread of its own, and keeps the head of it. */
final class CappedOutput implements AutoCloseable {
    private final InputStream stream;
    private final int limitBytes;
    private final ByteArrayOutputStream head = new ByteArrayOutputStream();
    private final Thread reader;

    CappedOutput(InputStream stream, int limitBytes) {
        this.stream = stream;
        this.limitBytes = limitBytes;
        this.reader = Thread.ofVirtual().name("command-output").start(this::read);
    }

    private void read() {
        byte[] buffer = new byte[8192];
        try {
            for (int count = stream.read(buffer); count >= 0; count = stream.read(buffer)) {
                synchronized (head) {
                    head.write(buffer, 0, Math.min(count, limitBytes - head.size()));
                }
            }
        } catch (IOException e) {
            // The process was killed, or close() was called: what was read until now is what there is.
        }
    }

    /** Waits for the end of the output, for some time. */
    void await(Duration atMost) throws InterruptedException {
        reader.join(atMost);
    }

    String text() {
        synchronized (head) {
            return head.toString(StandardCharsets.UTF_8);
        }
    }

    @Override
    public void close() {
        try {
            stream.close();
        } catch (IOException e) {
            // Nothing was written through it, so nothing is lost.
        }
    }
}
