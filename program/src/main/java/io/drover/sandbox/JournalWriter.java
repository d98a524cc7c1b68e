package io.drover.sandbox;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Appends to a {@link Journal} as fast as the disk acknowledges, on a thread of its own, and remembers how long it ever had to
 * wait: a workload that notices every error and every stall.
 */
public final class JournalWriter implements AutoCloseable {
    private final FileChannel file;
    private final Thread thread;
    private final AtomicLong acknowledged = new AtomicLong();
    private final PauseMeter pauses = new PauseMeter();
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
    private volatile boolean stopping;

    private JournalWriter(FileChannel file) {
        this.file = file;
        this.thread = Thread.ofPlatform().daemon().name("journal-writer").unstarted(this::write);
    }

    /** Starts to write a new file. */
    public static JournalWriter start(Path path) throws IOException {
        JournalWriter writer =
                new JournalWriter(FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
        writer.thread.start();
        return writer;
    }

    /** How many records the disk has acknowledged; they are on it whatever happens from now on. */
    public long acknowledged() {
        return acknowledged.get();
    }

    /** The error that ended the writing, or null while there was none. */
    public @Nullable Exception failure() {
        return failure.get();
    }

    /** Forgets the pauses so far: {@link #longestPause()} then tells of those from now on. */
    public void forgetPauses() {
        pauses.forget();
    }

    /** The longest time between two acknowledgements, the one under way included. */
    public Duration longestPause() {
        return pauses.longest();
    }

    /** Waits until so many more records are acknowledged; returns false if the writing failed or the time was over first. */
    public boolean awaitProgress(long more, Duration timeout) throws InterruptedException {
        long wanted = acknowledged() + more;
        long deadline = System.nanoTime() + timeout.toNanos();
        while (acknowledged() < wanted) {
            if (failure() != null || System.nanoTime() > deadline) {
                return false;
            }
            Thread.sleep(2);
        }
        return true;
    }

    /** Ends the writing after the record at hand and closes the file. Closing again does nothing. */
    @Override
    public void close() throws IOException {
        stopping = true;
        try {
            // A frozen file system keeps the writer waiting; cleaning up must not wait with it forever.
            thread.join(Duration.ofSeconds(30));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        file.close();
    }

    private void write() {
        try {
            while (!stopping) {
                append(acknowledged.get());
                pauses.progress();
                acknowledged.incrementAndGet();
            }
        } catch (IOException | RuntimeException e) {
            failure.set(e);
        }
    }

    private void append(long number) throws IOException {
        ByteBuffer record = ByteBuffer.wrap(Journal.encode(number));
        long position = number * Journal.RECORD;
        while (record.hasRemaining()) {
            position += file.write(record, position);
        }
        file.force(false);
    }
}
