package io.drover.snapshotter.target;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.ResponseInputStream;

/** The body of an answer, read once, to its end, in time and within a limit. */
final class S3Body {
    private final ResponseInputStream<?> stream;
    private final @Nullable Long length;
    private final int limit;
    private final Duration patience;
    private final LongSupplier nanoTime;
    private final long start;

    /** There is more than can be right. */
    static final class TooLong extends Exception {
        private static final long serialVersionUID = 1;
    }

    /**
     * A body of which nothing was read.
     *
     * @param length as the server tells it, if it does
     * @param limit more bytes than this are too many
     * @param patience for all of it
     */
    S3Body(ResponseInputStream<?> stream, @Nullable Long length, int limit, Duration patience, LongSupplier nanoTime) {
        this.stream = stream;
        this.length = length;
        this.limit = limit;
        this.patience = patience;
        this.nanoTime = nanoTime;
        this.start = nanoTime.getAsLong();
    }

    /** All of it, in an array that is exactly as long. */
    byte[] whole() throws IOException, TooLong {
        if (length == null) {
            return untilItsEnd();
        }
        byte[] content = new byte[checkedLength(length)];
        fill(content, content.length);
        return content;
    }

    /** All of it, into the beginning of an array; returns how much it is. */
    int readInto(byte[] content) throws IOException, TooLong {
        if (length == null) {
            byte[] all = untilItsEnd();
            System.arraycopy(all, 0, content, 0, all.length);
            return all.length;
        }
        int wanted = checkedLength(length);
        fill(content, wanted);
        return wanted;
    }

    private int checkedLength(long told) throws TooLong {
        if (told > limit) {
            stream.abort();
            throw new TooLong();
        }
        return (int) told;
    }

    private void fill(byte[] content, int wanted) throws IOException {
        int filled = 0;
        while (filled < wanted) {
            int count = stream.read(content, filled, wanted - filled);
            if (count < 0) {
                throw new IOException("the body ended at byte " + filled + " of " + wanted);
            }
            filled += count;
            stopIfLate();
        }
    }

    private byte[] untilItsEnd() throws IOException, TooLong {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        byte[] buffer = new byte[1 << 16];
        for (int count = stream.read(buffer); count >= 0; count = stream.read(buffer)) {
            content.write(buffer, 0, count);
            if (content.size() > limit) {
                stream.abort();
                throw new TooLong();
            }
            stopIfLate();
        }
        return content.toByteArray();
    }

    /** A server that drips is as bad as one that is silent. */
    private void stopIfLate() throws IOException {
        if (nanoTime.getAsLong() - start > patience.toNanos()) {
            stream.abort();
            throw new IOException("it took longer than " + patience.toSeconds() + " s");
        }
    }
}
