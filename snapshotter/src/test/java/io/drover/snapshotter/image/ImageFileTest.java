package io.drover.snapshotter.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drover.core.error.ErrorCode;
import io.drover.core.error.StorageException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageFileTest {
    private static final int BLOCK = 300_000;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    void readsWhatWasWrittenAndShowsEveryByteOnce() throws IOException {
        Path path = sparse(3 * BLOCK);
        BlockBuffer buffer = new BlockBuffer(BLOCK, BlockBuffer.PieceListener.NONE);
        new Random(1).nextBytes(buffer.bytes());
        byte[] seen = new byte[BLOCK];
        BlockBuffer other = new BlockBuffer(
                BLOCK, (bytes, offset, length) -> System.arraycopy(bytes, offset, seen, offset, length));
        try (ImageFile file = ImageFile.forFilling(path)) {
            file.write(BLOCK, buffer, false);
            file.sync();
            file.read(BLOCK, other);
            assertThat(other.bytes()).isEqualTo(buffer.bytes());
            assertThat(seen).isEqualTo(buffer.bytes());
            file.read(0, other);
            assertThat(other.isZero()).isTrue();
            assertThat(file.size()).isEqualTo(3 * BLOCK);
        }
    }

    @Test
    void zerosOverAHoleStayAHole() throws IOException {
        Path path = sparse(4 << 20);
        BlockBuffer buffer = new BlockBuffer(4 << 20, BlockBuffer.PieceListener.NONE);
        buffer.bytes()[2 << 20] = 1;
        try (ImageFile file = ImageFile.forFilling(path)) {
            file.write(0, buffer, true);
            file.sync();
        }
        assertThat(allocated(path)).isBetween(4096L, 300L << 10);
        assertThat(Files.readAllBytes(path)).isEqualTo(buffer.bytes());
    }

    @Test
    void zerosAreWrittenWhereThereIsSomething() throws IOException {
        Path path = folder.resolve("dense");
        byte[] old = new byte[BLOCK];
        new Random(2).nextBytes(old);
        Files.write(path, old);
        try (ImageFile file = ImageFile.forFilling(path)) {
            file.write(0, new BlockBuffer(BLOCK, BlockBuffer.PieceListener.NONE), false);
        }
        assertThat(Files.readAllBytes(path)).isEqualTo(new byte[BLOCK]);
    }

    @Test
    void aFileThatEndsEarlyIsDamage() throws IOException {
        Path path = sparse(BLOCK - 1);
        try (ImageFile file = ImageFile.forReading(path)) {
            assertThatThrownBy(() -> file.read(0, new BlockBuffer(BLOCK, BlockBuffer.PieceListener.NONE)))
                    .isInstanceOfSatisfying(
                            StorageException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CORRUPT))
                    .hasMessageContaining("ends at 299999");
        }
    }

    @Test
    void aMissingImageIsNotFound() {
        assertThatThrownBy(() -> ImageFile.forReading(folder.resolve("none")))
                .isInstanceOfSatisfying(
                        StorageException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_FOUND));
    }

    private Path sparse(long size) throws IOException {
        Path path = folder.resolve("sparse");
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            file.setLength(size);
        }
        return path;
    }

    private static long allocated(Path path) {
        return io.drover.core.sys.LinuxSystemCalls.create().extents().extents(path).stream()
                .mapToLong(io.drover.core.sys.FileExtent::length)
                .sum();
    }
}
