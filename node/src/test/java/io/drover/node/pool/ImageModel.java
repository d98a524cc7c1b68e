package io.drover.node.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.core.model.ByteRange;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** What a home's image must contain, in memory, with the writes that bring both to the same content. */
final class ImageModel {
    private static final int BLOCK = 4096;

    final Path home;
    final boolean readOnly;
    private byte[] content;

    ImageModel(Path home, int size) {
        this(home, false, new byte[size]);
    }

    private ImageModel(Path home, boolean readOnly, byte[] content) {
        this.home = home;
        this.readOnly = readOnly;
        this.content = content;
    }

    ImageModel cloned(Path to, boolean toReadOnly) {
        return new ImageModel(to, toReadOnly, content.clone());
    }

    int size() {
        return content.length;
    }

    void grow(int size) {
        content = Arrays.copyOf(content, size);
    }

    /** Writes random bytes to random blocks. */
    void write(Random random) throws IOException {
        int start = random.nextInt(content.length / BLOCK) * BLOCK;
        int length = Math.min(content.length - start, (1 + random.nextInt(1 << random.nextInt(7))) * BLOCK);
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        write(start, bytes);
    }

    void write(int start, byte[] bytes) throws IOException {
        System.arraycopy(bytes, 0, content, start, bytes.length);
        try (FileChannel channel = FileChannel.open(PoolEngine.image(home), StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(bytes), start);
        }
    }

    void assertContent() throws IOException {
        assertThat(Arrays.equals(Files.readAllBytes(PoolEngine.image(home)), content))
                .as("content of " + home)
                .isTrue();
    }

    /** Every byte outside of the ranges is zero. */
    void assertAllocated(List<ByteRange> ranges) {
        boolean[] inside = inside(ranges, content.length);
        for (int i = 0; i < content.length; i++) {
            if (content[i] != 0 && !inside[i]) {
                throw new AssertionError("byte " + i + " of " + home + " is not allocated");
            }
        }
    }

    /** Every byte outside of the ranges is as in the base, and ranges of zeros are zeros. */
    void assertChanged(ImageModel base, List<ByteRange> ranges) {
        boolean[] inside = inside(ranges, content.length);
        for (int i = 0; i < content.length; i++) {
            byte before = i < base.content.length ? base.content[i] : 0;
            if (content[i] != before && !inside[i]) {
                throw new AssertionError("byte " + i + " of " + home + " differs from " + base.home + " unseen");
            }
        }
        for (ByteRange range : ranges) {
            for (long i = range.offset(); range.zero() && i < range.end(); i++) {
                assertThat(content[(int) i]).isZero();
            }
        }
    }

    private static boolean[] inside(List<ByteRange> ranges, int size) {
        boolean[] inside = new boolean[size];
        for (ByteRange range : ranges) {
            Arrays.fill(inside, (int) range.offset(), (int) range.end(), true);
        }
        return inside;
    }

    /** Zeros a range in memory; the caller punches the hole. */
    void clear(int start, int length) {
        Arrays.fill(content, start, start + length, (byte) 0);
    }
}
