package io.drover.sandbox;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Random;

/** Files of random bytes: what the trial puts on a volume. From equal seeds come equal files. */
public final class SampleFiles {
    private static final int PER_DIRECTORY = 16;

    private SampleFiles() {}

    /**
     * Writes {@code count} new files of {@code bytesEach} below the directory and forces them to the disk.
     *
     * @param label begins each file's name, so that several calls do not meet
     */
    public static void write(Path directory, String label, int count, int bytesEach, long seed) throws IOException {
        Random random = new Random(seed);
        for (int i = 0; i < count; i++) {
            Path parent = Files.createDirectories(directory.resolve(label + "-" + i / PER_DIRECTORY));
            byte[] bytes = new byte[bytesEach];
            random.nextBytes(bytes);
            try (FileChannel file = FileChannel.open(
                    parent.resolve(label + "-" + i + ".bin"),
                    StandardOpenOption.CREATE_NEW,
                    StandardOpenOption.WRITE)) {
                writeFully(file, ByteBuffer.wrap(bytes), 0);
                file.force(true);
            }
        }
    }

    /** Overwrites {@code length} bytes of an existing file with random ones and forces them to the disk. */
    public static void overwrite(Path file, long offset, int length, long seed) throws IOException {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            writeFully(channel, ByteBuffer.wrap(bytes), offset);
            channel.force(true);
        }
    }

    private static void writeFully(FileChannel file, ByteBuffer bytes, long offset) throws IOException {
        long position = offset;
        while (bytes.hasRemaining()) {
            position += file.write(bytes, position);
        }
    }
}
