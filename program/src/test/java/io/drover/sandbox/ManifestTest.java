package io.drover.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManifestTest {
    @Test
    void equalSeedsMakeEqualFiles(@TempDir Path one, @TempDir Path two) throws IOException {
        SampleFiles.write(one, "a", 20, 1000, 7);
        SampleFiles.write(two, "a", 20, 1000, 7);

        assertThat(Manifest.of(one).differencesFrom(Manifest.of(two))).isEmpty();
        assertThat(Manifest.of(one).files()).isEqualTo(20);
        assertThat(Manifest.of(one).fingerprint()).isEqualTo(Manifest.of(two).fingerprint());
    }

    @Test
    void everyKindOfDifferenceIsNamed(@TempDir Path directory) throws IOException {
        SampleFiles.write(directory, "a", 2, 1000, 7);
        Manifest before = Manifest.of(directory);

        SampleFiles.overwrite(directory.resolve("a-0/a-0.bin"), 500, 1, 99);
        Files.delete(directory.resolve("a-0/a-1.bin"));
        Files.writeString(directory.resolve("new"), "x");

        assertThat(Manifest.of(directory).differencesFrom(before))
                .containsExactly("a-0/a-0.bin has other bytes", "a-0/a-1.bin is missing", "new should not be there");
        assertThat(Manifest.of(directory).without("new").checksums()).containsOnlyKeys("a-0/a-0.bin");
    }

    @Test
    void whatMkfsMakesIsLeftOut(@TempDir Path directory) throws IOException {
        Files.createFile(Files.createDirectory(directory.resolve("lost+found")).resolve("#1"));

        assertThat(Manifest.of(directory).checksums()).isEmpty();
    }

    @Test
    void checksumIsSha256(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("f"), "abc");

        assertThat(Manifest.checksum(file))
                .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }
}
