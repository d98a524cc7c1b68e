package io.drover.e2e.consistency;

import com.sun.nio.file.ExtendedOpenOption;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Writes to a mounted file system in the four ways that go wrong first: a log whose every record is fsynced, a file that is replaced by
 * rename, random writes past the cache, and a file that is written and never synced. It counts what it has been promised.
 */
final class Workload implements AutoCloseable {
    /** Length of one log record: its number in decimal, padded, and a line end. */
    static final int RECORD = 32;

    static final String LOG = "log";
    static final String RENAMED = "renamed";
    static final String PLAIN = "plain";
    private static final String DIRECT = "direct";
    private static final int BLOCK = 4096;
    private static final int BLOCKS = 4096;
    private static final long LOG_LIMIT = 300_000;

    private final Path directory;
    private final AtomicLong records = new AtomicLong();
    private final AtomicLong renames = new AtomicLong();
    private final AtomicLong plain = new AtomicLong();
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean stopped;

    /** Begins to write there. */
    Workload(Path directory) {
        this.directory = directory;
        run("log", this::appendRecords);
        run("renames", this::replaceByRename);
        run("direct", this::writeDirectly);
        run("plain", this::writePlainly);
    }

    /** What has been promised by now. */
    Promises promises() {
        return new Promises(records.get(), renames.get(), plain.get());
    }

    /** Waits until it has been promised something of each kind. */
    void awaitProgress() {
        Promises from = promises();
        for (int i = 0; i < 1000; i++) {
            Promises now = promises();
            if (now.records() > from.records() && now.renames() > from.renames() && now.plain() > from.plain()) {
                return;
            }
            check();
            pause(5);
        }
        throw new AssertionError("the workload stands still");
    }

    /** Throws what ended one of its writers. */
    void check() {
        Exception found = failure.get();
        if (found != null) {
            throw new AssertionError("the workload got an error", found);
        }
    }

    /** Ends it; errors after a simulated loss of power are expected, and reported by {@link #check} only. */
    @Override
    public void close() {
        stopped = true;
        for (Thread thread : threads) {
            try {
                thread.join(10_000);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    static byte[] record(long number) {
        return String.format("%0" + (RECORD - 1) + "d\n", number).getBytes(StandardCharsets.US_ASCII);
    }

    private void appendRecords() throws IOException {
        try (FileChannel log = open(LOG)) {
            while (!stopped && records.get() < LOG_LIMIT) {
                writeAll(log, ByteBuffer.wrap(record(records.get())));
                log.force(false);
                records.incrementAndGet();
            }
        }
    }

    private void replaceByRename() throws IOException {
        Path temporary = directory.resolve("renamed.new");
        try (FileChannel parent = FileChannel.open(directory, StandardOpenOption.READ)) {
            while (!stopped) {
                long next = renames.get() + 1;
                try (FileChannel file = FileChannel.open(
                        temporary,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE)) {
                    writeAll(file, ByteBuffer.wrap(record(next)));
                    file.force(true);
                }
                Files.move(temporary, directory.resolve(RENAMED), StandardCopyOption.ATOMIC_MOVE);
                parent.force(true);
                renames.set(next);
            }
        }
    }

    private void writeDirectly() throws IOException {
        Random random = new Random(7);
        ByteBuffer block = ByteBuffer.allocateDirect(2 * BLOCK).alignedSlice(BLOCK);
        try (FileChannel file = FileChannel.open(
                directory.resolve(DIRECT),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE,
                ExtendedOpenOption.DIRECT)) {
            while (!stopped) {
                block.clear().limit(BLOCK);
                file.write(block, (long) random.nextInt(BLOCKS) * BLOCK);
                pause(1);
            }
        }
    }

    private void writePlainly() throws IOException {
        try (FileChannel file = open(PLAIN)) {
            while (!stopped) {
                writeAll(file, ByteBuffer.wrap(record(plain.get())));
                plain.incrementAndGet();
                pause(1);
            }
        }
    }

    private FileChannel open(String name) throws IOException {
        return FileChannel.open(
                directory.resolve(name),
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE);
    }

    private static void writeAll(FileChannel file, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            var unused = file.write(bytes);
        }
    }

    private void run(String name, Writer writer) {
        threads.add(Thread.ofPlatform().name("workload-" + name).start(() -> {
            try {
                writer.write();
            } catch (IOException e) {
                failure.compareAndSet(null, e);
            }
        }));
    }

    /** One way of writing, until stopped. */
    @FunctionalInterface
    private interface Writer {
        void write() throws IOException;
    }

    static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
