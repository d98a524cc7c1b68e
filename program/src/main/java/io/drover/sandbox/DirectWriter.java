package io.drover.sandbox;

import com.sun.nio.file.ExtendedOpenOption;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Writes 4 KiB at random places of a device or file, one after the other and past the page cache, on a thread of its own: what it has
 * to wait is what a database's log would have to wait.
 */
public final class DirectWriter implements AutoCloseable {
    private static final int BLOCK = 4096;

    private final FileChannel file;
    private final long blocks;
    private final Duration rest;
    private final Random random = new Random(42);
    private final Thread thread;
    private final PauseMeter pauses = new PauseMeter();
    private final AtomicLong written = new AtomicLong();
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
    private volatile boolean stopping;

    private DirectWriter(FileChannel file, long blocks, Duration rest) {
        this.file = file;
        this.blocks = blocks;
        this.rest = rest;
        this.thread = Thread.ofPlatform().daemon().name("direct-writer").unstarted(this::write);
    }

    /**
     * Starts.
     *
     * @param path exists
     * @param range bytes from its beginning that are overwritten
     * @param rest between two writes, so that a long run does not fill the pool
     */
    public static DirectWriter start(Path path, long range, Duration rest) throws IOException {
        FileChannel file = FileChannel.open(path, StandardOpenOption.WRITE, ExtendedOpenOption.DIRECT);
        DirectWriter writer = new DirectWriter(file, range / BLOCK, rest);
        writer.thread.start();
        return writer;
    }

    /** Number of writes so far. */
    public long written() {
        return written.get();
    }

    /** The error that ended the writing, or null while there was none. */
    public @Nullable Exception failure() {
        return failure.get();
    }

    /** Forgets the waits so far. */
    public void forgetWaits() {
        pauses.forget();
    }

    /** The longest that one write took since then, the one under way included. */
    public Duration longestWait() {
        return pauses.longest();
    }

    @Override
    public void close() throws IOException {
        stopping = true;
        try {
            thread.join(Duration.ofSeconds(30));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        file.close();
    }

    private void write() {
        ByteBuffer buffer =
                ByteBuffer.allocateDirect(2 * BLOCK).alignedSlice(BLOCK).slice(0, BLOCK);
        try {
            while (!stopping) {
                buffer.clear().putLong(written.get()).clear();
                long position = random.nextLong(blocks) * BLOCK;
                pauses.begin();
                while (buffer.hasRemaining()) {
                    file.write(buffer, position + buffer.position());
                }
                pauses.progress();
                written.incrementAndGet();
                if (rest.isPositive()) {
                    Thread.sleep(rest);
                    pauses.begin();
                }
            }
        } catch (IOException | RuntimeException e) {
            failure.set(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
