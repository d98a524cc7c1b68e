package io.drover.node.pool;

import com.sun.nio.file.ExtendedOpenOption;
import io.drover.core.sys.SystemCalls;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Writes numbered blocks to a device round and round, past the page cache, and flushes after each: block {@code n % BLOCKS} gets the
 * number {@code n}. So whatever image has number {@code n} has all before it.
 */
final class SteadyWriter implements AutoCloseable {
    static final int BLOCK = 4096;
    static final int BLOCKS = 128;

    /** The last number that was flushed. */
    final AtomicLong flushed = new AtomicLong();

    private final Thread thread;
    private volatile boolean ended;
    private volatile @Nullable IOException failure;

    SteadyWriter(Path device) {
        this.thread = Thread.ofPlatform().name("writer").start(() -> write(device));
    }

    private void write(Path device) {
        ByteBuffer block =
                ByteBuffer.allocateDirect(2 * BLOCK).alignedSlice(BLOCK).limit(BLOCK);
        try (FileChannel channel = FileChannel.open(device, StandardOpenOption.WRITE, ExtendedOpenOption.DIRECT)) {
            for (long number = 1; !ended; number++) {
                block.clear().limit(BLOCK);
                for (int i = 0; i < BLOCK; i += Long.BYTES) {
                    block.putLong(i, number);
                }
                channel.write(block, number % BLOCKS * BLOCK);
                channel.force(false);
                flushed.set(number);
            }
        } catch (IOException e) {
            failure = e;
        }
    }

    /** The highest number in an image, after a check that all numbers before it are there and no block is torn. */
    static long checked(SystemCalls calls, Path image) throws IOException {
        calls.files().sync(image);
        byte[] bytes;
        try (FileChannel channel = FileChannel.open(image, StandardOpenOption.READ)) {
            ByteBuffer all = ByteBuffer.allocate(BLOCK * BLOCKS);
            while (all.hasRemaining() && channel.read(all) >= 0) {}
            bytes = all.array();
        }
        long highest = 0;
        for (int block = 0; block < BLOCKS; block++) {
            highest = Math.max(highest, ByteBuffer.wrap(bytes).getLong(block * BLOCK));
        }
        for (int block = 0; block < BLOCKS; block++) {
            long expected = highest - Math.floorMod(highest - block, (long) BLOCKS);
            for (int i = 0; i < BLOCK; i += Long.BYTES) {
                long found = ByteBuffer.wrap(bytes).getLong(block * BLOCK + i);
                if (found != Math.max(0, expected)) {
                    throw new AssertionError(
                            "highest " + highest + ", block " + block + " has " + found + ", not " + expected);
                }
            }
        }
        return highest;
    }

    @Override
    public void close() {
        ended = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        IOException problem = failure;
        if (problem != null) {
            throw new UncheckedIOException(problem);
        }
    }
}
