package io.drover.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.core.model.ByteRange;
import io.drover.core.sys.ExtentCalls;
import io.drover.core.sys.FileExtent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageComparisonTest {
    private static final int SIZE = 3 << 20;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    @Test
    void aDifferenceThatNoRangeTouchesIsFound() throws IOException {
        Path one = image("one", 5000, 2_000_000);
        Path other = image("other");

        List<String> differences =
                comparison().differencesOutside(List.of(new ByteRange(4096, 4096, false)), one, other);

        assertThat(differences).containsExactly("4096 bytes at " + 2_000_000 / 4096 * 4096);
    }

    @Test
    void rangesExcuseWholeBlocks() throws IOException {
        Path one = image("one", 5000, 2_000_000);
        Path other = image("other", 7000);

        List<String> differences = comparison()
                .differencesOutside(
                        List.of(new ByteRange(1_999_999, 2, false), new ByteRange(0, 8192, false)), one, other);

        assertThat(differences).isEmpty();
    }

    @Test
    void equalImagesDoNotDiffer() throws IOException {
        assertThat(comparison().differencesOutside(List.of(), image("one", 9), image("other", 9)))
                .isEmpty();
    }

    private Path image(String name, int... ones) throws IOException {
        byte[] bytes = new byte[SIZE];
        for (int position : ones) {
            bytes[position] = 1;
        }
        return Files.write(directory.resolve(name), bytes);
    }

    private static ImageComparison comparison() {
        return new ImageComparison(new WholeFiles());
    }

    /** Every file is one extent. */
    private static final class WholeFiles implements ExtentCalls {
        @Override
        public List<FileExtent> extents(Path file) {
            return List.of(new FileExtent(0, 1 << 20, SIZE, false, false, true));
        }

        @Override
        public void cloneContent(Path source, Path target) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void punchHole(Path file, long offset, long length) {
            throw new UnsupportedOperationException();
        }
    }
}
