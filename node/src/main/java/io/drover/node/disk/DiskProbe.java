package io.drover.node.disk;

import io.drover.core.error.StorageException;
import io.drover.node.metadata.DiskFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tries disks out: writes a few bytes, syncs, reads them back. A disk that hangs costs one waiting thread and no more, and is reported
 * by every call meanwhile.
 */
public final class DiskProbe {
    static final String FILE = ".drover-probe";

    private static final Logger log = LoggerFactory.getLogger(DiskProbe.class);

    private final ExecutorService threads;
    private final Clock clock;
    private final Duration limit;
    private final Map<Path, Running> running = new ConcurrentHashMap<>();

    private record Running(Future<Optional<String>> result, Instant since) {}

    /**
     * @param threads platform threads: a disk that hangs holds one of them in the kernel
     * @param limit how long a disk may take
     */
    public DiskProbe(ExecutorService threads, Clock clock, Duration limit) {
        this.threads = threads;
        this.clock = clock;
        this.limit = limit;
    }

    /** What is wrong with the disk, with the remedy; empty if it works. Returns within the limit. */
    public Optional<String> problem(Disk disk) {
        Running probe = running.computeIfAbsent(
                disk.root(), root -> new Running(threads.submit(() -> attempt(disk)), clock.instant()));
        try {
            Optional<String> problem = probe.result.get(limit.toMillis(), TimeUnit.MILLISECONDS);
            running.remove(disk.root(), probe);
            return problem;
        } catch (TimeoutException e) {
            return Optional.of(
                    "disk " + disk.id() + " has not answered a small write since " + probe.since
                            + ": it is overloaded or failing; if this lasts, lower its load, or see the kernel's log and replace it");
        } catch (ExecutionException e) {
            running.remove(disk.root(), probe);
            return Optional.of("disk " + disk.id() + " could not be tried: " + e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of("disk " + disk.id() + " was not tried: interrupted");
        }
    }

    /**
     * Does work that may meet a disk that hangs: returns when it has ended, or after the limit, when it goes on by itself. While it goes
     * on, it is not begun a second time.
     */
    void withinLimit(Path key, Runnable work) {
        Running attempt = running.computeIfAbsent(
                key,
                k -> new Running(
                        threads.submit(() -> {
                            work.run();
                            return Optional.<String>empty();
                        }),
                        clock.instant()));
        try {
            attempt.result.get(limit.toMillis(), TimeUnit.MILLISECONDS);
            running.remove(key, attempt);
        } catch (TimeoutException e) {
            log.atWarn().addKeyValue("path", key).log("a disk takes long to open; what is known of it is older");
        } catch (ExecutionException e) {
            running.remove(key, attempt);
            log.atError().addKeyValue("path", key).setCause(e.getCause()).log("opening disks failed");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Optional<String> attempt(Disk disk) {
        try {
            disk.requirePresent();
            writeAndRead(disk.root().resolve(FILE));
            return Optional.empty();
        } catch (StorageException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            return Optional.of(String.valueOf(DiskFailure.of(
                            "cannot write to disk " + disk.id() + " at " + disk.root(), new UncheckedIOException(e))
                    .getMessage()));
        }
    }

    private static void writeAndRead(Path file) throws IOException {
        byte[] content = FILE.getBytes(StandardCharsets.US_ASCII);
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            channel.write(ByteBuffer.wrap(content));
            channel.force(true);
        }
        if (!Arrays.equals(Files.readAllBytes(file), content)) {
            throw new IOException("what was written to " + file + " reads differently");
        }
        Files.deleteIfExists(file);
    }
}
